import { ask } from '../shared/api.ts'
import type { Service } from '../shared/contract.ts'

/** The city's services, for filters and for reading answers. */
class Catalogue {
  services = $state.raw<Service[]>([])

  /** Without the catalogue the console still works, with keys in place of words. */
  async load(): Promise<void> {
    const answer = await ask<{ services: Service[] }>('/v1/services').catch(() => null)
    if (answer) this.services = answer.services
  }
}

export const catalogue = new Catalogue()
