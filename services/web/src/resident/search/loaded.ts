import type { Service } from '../../shared/contract.ts'

/** Most services that a list shows: more are no help to somebody who looks for one. */
export const MOST = 6

/** Services in which every word of the query stands, those first that have them in their name. */
export function findLoaded(query: string, services: Service[]): Service[] {
  const words = folded(query).split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const holds = (text: string) => words.every((word) => folded(text).includes(word))
  const named = services.filter((service) => holds(service.service_name))
  const meant = services.filter((service) => !named.includes(service) && holds(textOf(service)))
  return [...named, ...meant].slice(0, MOST)
}

function textOf(service: Service): string {
  return [service.service_name, ...service.keywords, service.group_name, service.description].join(' ')
}

/** Without capitals and accents; "ae" is read as "ä", as on a keyboard that has none. */
export function folded(text: string): string {
  const plain = text.toLocaleLowerCase('de').normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss')
  return plain.replaceAll('ae', 'a').replaceAll('oe', 'o').replaceAll('ue', 'u')
}
