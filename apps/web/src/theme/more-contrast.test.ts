import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const css = readFileSync(`${import.meta.dirname}/more-contrast.css`, 'utf8')

/** The colours of one theme. */
function tokens(selector: string): ReadonlyMap<string, string> {
  const block = css.slice(css.indexOf(selector)).split('}')[0] ?? ''
  return new Map([...block.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6})/g)].map(([, name = '', colour = '']) => [name, colour]))
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((from) => Number.parseInt(colour.slice(from, from + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((left, right) => right - left)
  return (light + 0.05) / (dark + 0.05)
}

test.each(['  .light {', '  .dark {'])('more contrast, %s: words at least 7:1 on every ground, lines at least 4.5:1', (selector) => {
  const of = tokens(selector)
  const grounds = ['paper', 'surface'].map((name) => of.get(name) ?? '')
  const soft = of.get('accent-soft') ?? ''
  const weak: string[] = []
  const check = (name: string, ground: string, least: number): void => {
    const ratio = contrast(of.get(name) ?? '', ground)
    if (!(ratio >= least)) weak.push(`${name} on ${ground}: ${ratio.toFixed(1)}`)
  }
  for (const ground of grounds) {
    for (const name of ['ink', 'ink-2', 'ink-3', 'accent', 'accent-strong', 'late', 'soon', 'fine', 'head', 'sub']) check(name, ground, 7)
    for (const name of ['line', 'line-strong', 'focus', 'hatch']) check(name, ground, 4.5)
  }
  for (const name of ['ink', 'ink-2', 'accent']) check(name, soft, 7)
  for (const name of ['late', 'soon', 'fine']) check(name, of.get(`${name}-soft`) ?? '', 7)
  expect(weak).toEqual([])
})
