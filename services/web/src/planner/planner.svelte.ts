import { ask, asProblem, type Problem } from '../shared/api.ts'
import type { PublicRequest } from '../shared/contract.ts'
import { fromRequest, type Listed, listed, nextPage, type Page, type RequestFeature } from './features.ts'
import type { Figures } from './figures.ts'
import { addressOf, figuresOf, filterOf, type Question, questionOf } from './question.ts'

const PAGE = 50
const GEOJSON = { Accept: 'application/geo+json' }

/** The question of the page, and what the city's API answers. */
class Planner {
  question = $state.raw<Question>(questionOf(location.search))
  figures = $state.raw<Figures | null>(null)
  rows = $state.raw<Listed[]>([])
  /** Requests of the list on the server, as far as it counts them. */
  matched = $state.raw<number | null>(null)
  next = $state.raw<string | null>(null)
  chosen = $state.raw<Listed | null>(null)
  problem = $state.raw<Problem | null>(null)
  counting = $state(false)
  listing = $state(false)
  /** The district that the pointer or the keyboard is on. */
  district = $state<string | null>(null)
  #asked = { figures: 0, rows: 0, chosen: 0 }

  /** The filters of list and map; changes only when they do. */
  readonly filter = $derived(filterOf(this.question, new Date()).toString())
  /** The figures in the same words as the page shows them. */
  readonly counted = $derived(figuresOf(this.question, new Date()))
  readonly file = $derived(figuresOf(this.question, new Date(), this.question.by === 'none' ? { interval: 'month', format: 'csv' } : { format: 'csv' }))

  /** Asks something else; the step back in the browser leads to the question before. */
  go(parts: Partial<Question>): void {
    this.#set({ ...this.question, ...parts }, 'pushState')
  }

  /** Notes where the map stands, without a step of its own. */
  moved(map: string): void {
    this.#set({ ...this.question, map }, 'replaceState')
  }

  /** Takes the question out of the address, after a step back or forth. */
  readAddress(): void {
    this.question = questionOf(location.search)
  }

  #set(question: Question, write: 'pushState' | 'replaceState'): void {
    const query = addressOf(question)
    const address = `${location.pathname}${query ? `?${query}` : ''}`
    this.question = question
    if (address !== location.pathname + location.search) history[write](null, '', address)
  }

  async loadFigures(address: string): Promise<void> {
    const asked = ++this.#asked.figures
    this.counting = true
    try {
      const figures = await ask<Figures>(address)
      if (asked !== this.#asked.figures) return
      this.figures = figures
      this.problem = null
    } catch (failure) {
      if (asked === this.#asked.figures) this.problem = asProblem(failure)
    } finally {
      if (asked === this.#asked.figures) this.counting = false
    }
  }

  /** Loads the list from the start. An answer that a later question overtook is dropped. */
  async loadRows(filter: string): Promise<void> {
    this.rows = []
    await this.#load(`/ogc/collections/requests/items?${filter}&limit=${PAGE}`)
  }

  async loadMore(): Promise<void> {
    if (this.next) await this.#load(this.next)
  }

  async #load(path: string): Promise<void> {
    const asked = ++this.#asked.rows
    this.listing = true
    try {
      const page = await ask<Page<RequestFeature>>(path, { headers: GEOJSON })
      if (asked !== this.#asked.rows) return
      this.rows = [...this.rows, ...page.features.map(listed)]
      this.matched = page.numberMatched ?? null
      this.next = nextPage(page)
    } catch (failure) {
      if (asked === this.#asked.rows) this.problem = asProblem(failure)
    } finally {
      if (asked === this.#asked.rows) this.listing = false
    }
  }

  /** Finds the request that the address names: in the list, or else by itself. */
  async choose(id: string): Promise<void> {
    const asked = ++this.#asked.chosen
    if (!id || this.chosen?.id === id) return void (id || (this.chosen = null))
    const there = this.rows.find((row) => row.id === id)
    if (there) return void (this.chosen = there)
    const request = await ask<PublicRequest>(`/v1/requests/${id}`).catch(() => null)
    if (asked === this.#asked.chosen) this.chosen = request && fromRequest(request)
  }
}

export const planner = new Planner()
