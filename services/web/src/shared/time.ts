/** Writes a date and time as people of `language` write it. */
export function dateTime(at: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at))
}

/** Writes a date as people of `language` write it. */
export function date(at: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(new Date(at))
}

/** Writes how long ago `at` was, in the largest unit that fits. */
export function ago(at: string, language: string, now: number = Date.now()): string {
  const seconds = Math.min(0, (new Date(at).getTime() - now) / 1000)
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  if (seconds > -3600) return words.format(Math.ceil(seconds / 60), 'minute')
  if (seconds > -86_400) return words.format(Math.ceil(seconds / 3600), 'hour')
  return words.format(Math.ceil(seconds / 86_400), 'day')
}
