import { ask } from '../../shared/api.ts'
import type { Service } from '../../shared/contract.ts'
import { findLoaded, MOST } from './loaded.ts'

/** Finds services by everyday words: the city's own search, and what is loaded already when there is no network. */
export async function find(query: string, services: Service[]): Promise<Service[]> {
  const known = new Map(services.map((service) => [service.service_code, service]))
  try {
    const found = await ask<{ services: Service[] }>(`/v1/services/search?q=${encodeURIComponent(query)}`)
    return found.services.map((one) => known.get(one.service_code) ?? one).slice(0, MOST)
  } catch {
    return findLoaded(query, services)
  }
}
