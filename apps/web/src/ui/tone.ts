/** Late, soon, fine; `wait` for what goes on without us; `plain` for what needs nobody. */
export type Tone = 'late' | 'soon' | 'fine' | 'wait' | 'plain'
