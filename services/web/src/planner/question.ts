/** What is asked: everything that the page shows follows from it, and the address carries it whole. */
export interface Question {
  /** Keys as the API takes them, several with commas. */
  service_group: string
  service_code: string
  status: string
  district: string
  period: Period
  /** First and last day of an own period, as `2026-01-31`. */
  from: string
  to: string
  by: By
  sort: Sort
  view: View
  /** The id of the request that is looked at. */
  request: string
  /** Where the map stands: `zoom/latitude/longitude`. */
  map: string
}

export type Period = '30d' | '12m' | '24m' | 'own'
export type By = 'none' | 'district' | 'service_group' | 'service_code' | 'status'
export type Sort = 'count' | 'per_1000'
export type View = 'list' | 'map' | 'figures'

export const PERIODS: readonly Period[] = ['30d', '12m', '24m', 'own']
export const BYS: readonly By[] = ['none', 'district', 'service_group', 'service_code', 'status']
export const OPEN = 'received,in_review,in_progress'

const USUAL: Question = {
  service_group: '',
  service_code: '',
  status: '',
  district: '',
  period: '24m',
  from: '',
  to: '',
  by: 'none',
  sort: 'count',
  view: 'list',
  request: '',
  map: '',
}
const CHOICES: Partial<Record<keyof Question, readonly string[]>> = {
  period: PERIODS,
  by: BYS,
  sort: ['count', 'per_1000'],
  view: ['list', 'map', 'figures'],
}
const SHAPES: Partial<Record<keyof Question, RegExp>> = {
  from: /^\d{4}-\d{2}-\d{2}$/,
  to: /^\d{4}-\d{2}-\d{2}$/,
  request: /^[\da-f-]{36}$/,
  map: /^\d+(\.\d+)?(\/-?\d+(\.\d+)?){2}$/,
}
/** What narrows; the same names in the address, in the API and in tiles. */
const FILTERS = ['service_group', 'service_code', 'status', 'district'] as const

/** Reads a question out of the address; what cannot be asked is left out. */
export function questionOf(search: string): Question {
  const from = new URLSearchParams(search)
  const question: Record<string, string> = { ...USUAL }
  for (const name of Object.keys(USUAL) as (keyof Question)[]) {
    const value = from.get(name)?.trim()
    if (!value) continue
    if (CHOICES[name] && !CHOICES[name].includes(value)) continue
    if (SHAPES[name] && !SHAPES[name].test(value)) continue
    question[name] = value
  }
  return question as unknown as Question
}

/** Writes a question as the address's query: only what is not usual. */
export function addressOf(question: Question): string {
  const to = new URLSearchParams()
  for (const [name, value] of Object.entries(question)) {
    const isOwnDay = name === 'from' || name === 'to'
    if (isOwnDay && question.period !== 'own') continue
    if (value && value !== USUAL[name as keyof Question]) to.set(name, value)
  }
  // Commas and slashes may stand as they are, and are easier to read in a link that is sent around.
  return to.toString().replaceAll('%2C', ',').replaceAll('%2F', '/')
}

/** Which requests are meant, as the API and the tiles take it. */
export function filterOf(question: Question, now: Date): URLSearchParams {
  const to = new URLSearchParams()
  for (const name of FILTERS) if (question[name]) to.set(name, question[name])
  to.set('datetime', spanOf(question, now))
  return to
}

/** The address of the figures, for the page itself and as a file. */
export function figuresOf(question: Question, now: Date, more: Record<string, string> = { interval: 'month' }): string {
  const to = filterOf(question, now)
  if (question.by !== 'none') to.set('by', question.by)
  for (const [name, value] of Object.entries(more)) to.set(name, value)
  return `/v1/statistics/requests?${to}`
}

/** How many filters narrow the question. */
export function narrowed(question: Question): number {
  return FILTERS.filter((name) => question[name]).length + Number(question.period !== USUAL.period)
}

/** The question without its filters; what is looked at and how stays. */
export function widened(question: Question): Question {
  const { by, sort, view, map } = question
  return { ...USUAL, by, sort, view, map }
}

/** A question that is asked anew, with nothing left of the one before but the place on the map. */
export function asked(parts: Partial<Question>, before: Question): Question {
  return { ...USUAL, map: before.map, ...parts }
}

/** The position and zoom that the address names. */
export function placeOf(map: string): { position: { longitude: number; latitude: number }; zoom: number } | undefined {
  const [zoom, latitude, longitude] = map.split('/').map(Number)
  if (zoom === undefined || latitude === undefined || longitude === undefined) return undefined
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { position: { longitude, latitude }, zoom } : undefined
}

/** From the midnight with which the period begins; the end stays open, so that what arrives now counts. */
function spanOf(question: Question, now: Date): string {
  const [year, month, day] = [now.getFullYear(), now.getMonth(), now.getDate()]
  switch (question.period) {
    case '30d':
      return `${new Date(year, month, day - 30).toISOString()}/..`
    case '12m':
      return `${monthsBefore(year, month, day, 12).toISOString()}/..`
    case '24m':
      return `${monthsBefore(year, month, day, 24).toISOString()}/..`
    case 'own': {
      const first = midnight(question.from)
      const last = midnight(question.to)
      // The last day counts whole.
      if (last) last.setDate(last.getDate() + 1)
      if (first && last && first >= last) return `${first.toISOString()}/${first.toISOString()}`
      return `${first?.toISOString() ?? '..'}/${last ? new Date(last.getTime() - 1).toISOString() : '..'}`
    }
  }
}

/** A month that is too short ends with its last day. */
function monthsBefore(year: number, month: number, day: number, months: number): Date {
  const last = new Date(year, month - months + 1, 0).getDate()
  return new Date(year, month - months, Math.min(day, last))
}

function midnight(day: string): Date | null {
  const [year, month, date] = day.split('-').map(Number)
  if (year === undefined || month === undefined || date === undefined) return null
  const at = new Date(year, month - 1, date)
  return Number.isNaN(at.getTime()) ? null : at
}
