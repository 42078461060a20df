import {
  CalendarCell,
  CalendarCellTrigger,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHead,
  CalendarGridRow,
  CalendarHeadCell,
  CalendarHeader,
  CalendarHeading,
  CalendarNext,
  CalendarPrev,
  CalendarRoot,
} from 'reka-ui'

export const Calendar = {
  Root: CalendarRoot,
  Header: CalendarHeader,
  Heading: CalendarHeading,
  Grid: CalendarGrid,
  Cell: CalendarCell,
  HeadCell: CalendarHeadCell,
  Next: CalendarNext,
  Prev: CalendarPrev,
  GridHead: CalendarGridHead,
  GridBody: CalendarGridBody,
  GridRow: CalendarGridRow,
  CellTrigger: CalendarCellTrigger,
}

/** One day at a time is picked here: no ranges, months or years. */
export {
  Calendar as MonthPicker,
  Calendar as MonthRangePicker,
  Calendar as RangeCalendar,
  Calendar as YearPicker,
  Calendar as YearRangePicker,
}
