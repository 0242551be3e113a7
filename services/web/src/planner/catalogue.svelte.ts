import { ask } from '../shared/api.ts'
import type { Service } from '../shared/contract.ts'
import type { District, Page } from './features.ts'

/** What filters offer: the city's services in groups, and its districts. */
class Catalogue {
  services = $state.raw<Service[]>([])
  districts = $state.raw<District[]>([])

  /** Groups with at least one service that the public sees. */
  readonly groups = $derived.by(() => {
    const groups = new Map<string, string>()
    for (const service of this.services) if (service.visibility === 'public') groups.set(service.group, service.group_name)
    return [...groups].map(([key, name]) => ({ key, name }))
  })

  /** Without the catalogue the page still works, with keys in place of words. */
  async open(): Promise<void> {
    const [services, districts] = await Promise.all([
      ask<{ services: Service[] }>('/v1/services').catch(() => null),
      ask<Page<District>>('/ogc/collections/districts/items?limit=1000', { headers: { Accept: 'application/geo+json' } }).catch(() => null),
    ])
    if (services) this.services = services.services
    if (districts) this.districts = districts.features
  }

  /** The public services of a group, or of all. */
  servicesOf(group: string): Service[] {
    const wanted = group.split(',')
    return this.services.filter((service) => service.visibility === 'public' && (!group || wanted.includes(service.group)))
  }

  nameOf(code: string): string {
    return this.services.find((service) => service.service_code === code)?.service_name ?? code
  }
}

export const catalogue = new Catalogue()
