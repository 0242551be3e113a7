import type { Sort } from './question.ts'

/** What `/v1/statistics/requests` answers. */
export interface Figures {
  from: string | null
  to: string
  total: number
  open: number
  median_days: number | null
  official: boolean | null
  rows: Row[]
  timeline: { from: string; count: number }[]
}

export interface Row {
  key: string | null
  name: string
  count: number
  open: number
  per_1000: number | null
  inhabitants: number | null
  median_days: number | null
}

/** How many tones the districts on the map have. */
export const TONES = 5

/** Rows by what is compared, most first; rows without it, and what lies in no district, stand last. */
export function ranked(rows: Row[], sort: Sort): Row[] {
  const worth = (row: Row) => (row.key === null ? -2 : (row[sort] ?? -1))
  return rows.toSorted((one, other) => worth(other) - worth(one))
}

/** The place of each row; equals share one, and what lies in no district has none. */
export function places(rows: Row[], sort: Sort): (number | null)[] {
  return rows.map((row) => {
    const mine = row[sort]
    return row.key === null || mine === null ? null : 1 + rows.filter((other) => other.key !== null && (other[sort] ?? -1) > mine).length
  })
}

/** The tones of the map: from where to where each reaches; equal steps from nothing to the most. */
export function tonesOf(rows: Row[], sort: Sort): { from: number; to: number }[] {
  const most = Math.max(0, ...rows.filter((row) => row.key !== null).map((row) => row[sort] ?? 0))
  if (most === 0) return []
  // Counts are whole; a step below one would say the same number twice.
  const digits = sort === 'count' ? 0 : 1
  const unit = 10 ** -digits
  const step = Math.max(unit, Math.ceil(most / TONES / unit) * unit)
  const round = (number: number) => Number(number.toFixed(digits))
  const tones: { from: number; to: number }[] = []
  for (let from = 0; round(from) < most && tones.length < TONES; from += step) {
    tones.push({ from: round(tones.length === 0 ? 0 : from + unit), to: round(from + step) })
  }
  return tones
}

/** The tone of a number; -1 where there is none. */
export function toneOf(number: number | null, tones: { from: number; to: number }[]): number {
  if (number === null) return -1
  return tones.findIndex((tone) => number <= tone.to)
}
