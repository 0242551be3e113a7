import type { Service } from '../shared/contract.ts'
import { dateTime } from '../shared/time.ts'

/** Turns keys of questions and answers into the words that the resident read; unknown keys stay as they are. */
export function readAnswers(
  attributes: Record<string, unknown>,
  service: Service | null,
  language: string,
): { question: string; answer: string }[] {
  return Object.entries(attributes).map(([code, value]) => {
    const attribute = service?.attributes.find((one) => one.code === code)
    const words = (Array.isArray(value) ? value : [value]).map((one) => {
      if (attribute?.datatype === 'datetime' && typeof one === 'string') return dateTime(one, language)
      return attribute?.values.find((choice) => choice.key === one)?.name ?? String(one)
    })
    return { question: attribute?.description ?? code, answer: words.join(', ') }
  })
}
