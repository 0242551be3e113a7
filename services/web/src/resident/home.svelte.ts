import { ask, asProblem, type Problem } from '../shared/api.ts'
import { city } from '../shared/city.svelte.ts'
import type { Home, Service } from '../shared/contract.ts'

/** A group of services as one tile. */
export interface Group {
  code: string
  name: string
  services: Service[]
}

/** What the start page shows, and the services that the form offers. */
class TheHome {
  content = $state.raw<Home | null>(null)
  problem = $state.raw<Problem | null>(null)
  /** Services in the order of the catalogue, by group. */
  readonly groups = $derived(grouped(this.content?.services ?? []))

  /** Loads it in the language that is read; what was loaded before stays when that fails. */
  async load(): Promise<void> {
    try {
      const [home] = await Promise.all([ask<Home>('/v1/home'), city.open()])
      this.content = home
      this.problem = null
    } catch (failure) {
      this.problem = asProblem(failure)
    }
  }

  service(code: string): Service | null {
    return this.content?.services.find((service) => service.service_code === code) ?? null
  }

  /** The group that a link's `kind` means: named itself, or by one of its services. */
  groupOf(kind: string): Group | null {
    return (
      this.groups.find((group) => group.code === kind) ??
      this.groups.find((group) => group.services.some((service) => service.service_code === kind)) ??
      null
    )
  }

  /** The service that a link's `kind` means: itself, or the first of the group. */
  serviceOf(kind: string): Service | null {
    const group = this.groupOf(kind)
    return group?.services.find((service) => service.service_code === kind) ?? group?.services[0] ?? null
  }
}

function grouped(services: Service[]): Group[] {
  const groups = new Map<string, Group>()
  for (const service of services) {
    const group = groups.get(service.group) ?? { code: service.group, name: service.group_name, services: [] }
    group.services.push(service)
    groups.set(service.group, group)
  }
  return [...groups.values()]
}

export const home = new TheHome()
