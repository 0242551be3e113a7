import type { Problem } from '../../shared/api.ts'

/** The id of the field that a pointer of the API means. */
export function fieldOf(pointer: string): string {
  const [first = '', second = ''] = pointer.split('/').slice(1)
  if (['longitude', 'latitude', 'address_string'].includes(first)) return 'place'
  if (first === 'contact') return ['name', 'postal_address'].includes(second) ? `contact-${second}` : 'email'
  if (first === 'attributes') return `question-${second}`
  return first
}

/** What stands at each field: what the page itself misses, or what the server said. */
export function fieldErrors(
  missing: string[],
  problem: Problem | null,
  say: (key: string) => string,
): Map<string, string> {
  const errors = new Map(
    missing.map((pointer) => {
      const field = fieldOf(pointer)
      if (field.startsWith('contact-')) return [field, say('witness-missing')]
      return [field, say(field === 'place' ? 'place-missing' : 'answer-missing')]
    }),
  )
  for (const { pointer, detail } of problem?.body.errors ?? []) errors.set(fieldOf(pointer), detail)
  return errors
}
