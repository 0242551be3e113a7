import { ask } from './api.ts'
import type { City, Place } from './contract.ts'

/** What the pages know of the city: everything comes from its API, nothing is written here. */
class TheCity {
  facts = $state.raw<City | null>(null)
  places = $state.raw<Place[]>([])

  async open(): Promise<void> {
    this.facts = await ask<City>('/v1/city')
    const { accent } = this.facts
    if (!accent) return
    document.documentElement.style.setProperty('--accent-light', accent.light)
    document.documentElement.style.setProperty('--accent-dark', accent.dark)
  }

  /** The name of a department, or its key where the city does not name it. */
  department(key: string): string {
    return this.facts?.departments?.find((department) => department.key === key)?.name ?? key
  }

  /** Loads the city's place names once. */
  async openPlaces(): Promise<void> {
    if (this.places.length > 0) return
    const answer = await ask<Place[] | { places: Place[] }>('/v1/city/places')
    this.places = Array.isArray(answer) ? answer : answer.places
  }
}

export const city = new TheCity()
