import type { Choice } from './status-change.ts'

/** Sentences that a clerk need not type: by what is to happen, in the order in which they are offered. */
const TEMPLATES: Record<string, readonly string[]> = {
  answer: ['template-looking', 'template-thanks'],
  in_review: ['template-looking'],
  in_progress: ['template-ordered', 'template-ordered-today'],
  done: ['template-collected', 'template-repaired', 'template-gone'],
  not_possible: ['template-private', 'template-not-found'],
  handed_over: ['template-handed-over'],
}

/** The templates that fit a choice. */
export function templatesFor(choice: Choice): readonly string[] {
  return TEMPLATES[choice] ?? []
}

/** The text with a template behind what is there already; the same one is not said twice. */
export function withTemplate(text: string, template: string): string {
  if (text.includes(template)) return text
  return text.trim() ? `${text.trim()}\n${template}` : template
}
