/**
 * Stands in for `reka-ui/namespaced` (vite.config.ts). There all components are one module, so that a page with a menu
 * brought the calendar along; here each is loaded by whoever uses it. A component of the library that needs another one
 * fails the build and names it.
 */
export { Calendar, MonthPicker, MonthRangePicker, RangeCalendar, YearPicker, YearRangePicker } from './calendar.ts'
export { DropdownMenu } from './dropdown-menu.ts'
export { HoverCard, Popover } from './popover.ts'
