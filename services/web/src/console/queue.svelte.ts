import { asProblem, type Problem } from '../shared/api.ts'
import type { QueueRow } from '../shared/contract.ts'
import { type Filter, filterOf, queryOf } from './filter.ts'
import { session } from './session.svelte.ts'

const PAGE = 50
/** Most rows that the server gives at once. */
const MOST = 500
/** How long a row that just arrived is told from the others. */
const GREETING = 5_000

/** The list of requests that wait for this person's department. */
class Queue {
  filter = $state<Filter>(filterOf(location.search))
  rows = $state.raw<QueueRow[]>([])
  next = $state.raw<string | null>(null)
  problem = $state.raw<Problem | null>(null)
  loading = $state(false)
  /** The row that the keyboard stands on. */
  at = $state(0)
  /** Keys of the departments seen so far: a person sees the rows of some, never of all. */
  departments = $state.raw<string[]>([])
  /** Rows that arrived while somebody looked. */
  fresh = $state.raw<ReadonlySet<string>>(new Set())
  #asked = 0
  #again = false
  #greeted: ReturnType<typeof setTimeout> | undefined

  /** Loads the list from the start. An answer that a later question overtook is dropped. */
  async load(): Promise<void> {
    const asked = ++this.#asked
    this.fresh = new Set()
    const query = queryOf(this.filter)
    history.replaceState(null, '', `${location.pathname}${query ? `?${query}` : ''}${location.hash}`)
    this.loading = true
    try {
      const { body, next } = await session.read<{ requests: QueueRow[] }>(`/v1/queue?${query}${query && '&'}limit=${PAGE}`)
      if (asked !== this.#asked) return
      this.rows = body.requests
      this.next = next
      this.problem = null
      this.at = Math.min(this.at, Math.max(0, this.rows.length - 1))
      this.#remember()
    } catch (failure) {
      if (asked === this.#asked) this.problem = asProblem(failure)
    } finally {
      if (asked === this.#asked) this.#loaded()
    }
  }

  /** What changed while the list was under way may be missing in it. */
  #loaded(): void {
    this.loading = false
    if (this.#again) void this.refresh()
    this.#again = false
  }

  /** Looks for changes without a word: the row that the keyboard stands on stays, wherever it lies now. */
  async refresh(): Promise<void> {
    if (this.loading) {
      this.#again = true
      return
    }
    const asked = ++this.#asked
    const [query, most] = [queryOf(this.filter), Math.min(MOST, Math.max(PAGE, this.rows.length))]
    try {
      const { body, next } = await session.read<{ requests: QueueRow[] }>(`/v1/queue?${query}${query && '&'}limit=${most}`)
      if (asked !== this.#asked) return
      const known = new Set(this.rows.map((row) => row.service_request_id))
      const stood = this.rows[this.at]?.service_request_id
      const arrived = body.requests.map((row) => row.service_request_id).filter((id) => !known.has(id))
      if (arrived.length > 0) this.#greet(arrived)
      this.rows = body.requests
      this.next = next
      this.problem = null
      const at = this.rows.findIndex((row) => row.service_request_id === stood)
      this.at = Math.max(0, at >= 0 ? at : Math.min(this.at, this.rows.length - 1))
      this.#remember()
    } catch (failure) {
      if (asked === this.#asked) this.problem = asProblem(failure)
    }
  }

  async loadMore(): Promise<void> {
    if (!this.next) return
    try {
      const { body, next } = await session.read<{ requests: QueueRow[] }>(this.next)
      this.rows = [...this.rows, ...body.requests]
      this.next = next
      this.#remember()
    } catch (failure) {
      this.problem = asProblem(failure)
    }
  }

  move(by: number): void {
    this.at = Math.max(0, Math.min(this.rows.length - 1, this.at + by))
  }

  /** Puts what became of one request into its row, without asking for the whole list again. */
  put(changed: QueueRow): void {
    this.rows = this.rows.map((row) => (row.service_request_id === changed.service_request_id ? { ...row, ...changed } : row))
  }

  #greet(arrived: string[]): void {
    this.fresh = new Set([...this.fresh, ...arrived])
    clearTimeout(this.#greeted)
    this.#greeted = setTimeout(() => (this.fresh = new Set()), GREETING)
  }

  #remember(): void {
    const seen = this.rows.map((row) => row.department)
    this.departments = [...new Set([...this.departments, ...seen])].sort()
  }
}

export const queue = new Queue()
