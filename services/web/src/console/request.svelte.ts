import { type Ask, asProblem, Problem } from '../shared/api.ts'
import type { RevealedContact, StaffRequest, Status } from '../shared/contract.ts'
import { sentences } from '../shared/sentences.svelte.ts'
import { changedBy } from './changed.ts'
import { queue } from './queue.svelte.ts'
import { session } from './session.svelte.ts'

/** A change of status as the API takes it. */
export interface StatusChange {
  status?: Status
  status_note?: string
  agency_responsible?: string
}

/** Most photos of the place afterwards. */
export const MOST_PHOTOS = 5

/** A photo that was picked; its id is made once, so that sending it again adds it once. */
export interface NewPhoto {
  photo_id: string
  bytes: Blob
}

/** The one request that is open, and everything that can be done with it. */
class OpenRequest {
  content = $state.raw<StaffRequest | null>(null)
  problem = $state.raw<Problem | null>(null)
  busy = $state(false)
  /** What a screen reader is told after a change. */
  told = $state('')
  /** Photos of the place afterwards that wait to be sent. */
  after = $state.raw<NewPhoto[]>([])
  #etag: string | null = null

  async open(id: string): Promise<void> {
    this.problem = null
    this.told = ''
    if (this.content?.service_request_id !== id) {
      this.content = null
      this.after = []
    }
    try {
      const { body, etag } = await session.read<StaffRequest>(`/v1/queue/${id}`)
      this.#take(body, etag)
    } catch (failure) {
      this.problem = asProblem(failure)
    }
  }

  /** Shows what others changed; what is typed stays, and a change of one's own shows itself. */
  async refresh(): Promise<void> {
    const id = this.content?.service_request_id
    if (!id || this.busy) return
    const { body, etag } = await session.read<StaffRequest>(`/v1/queue/${id}`)
    if (this.content?.service_request_id === id && !this.busy) this.#take(body, etag)
  }

  close(): void {
    this.content = null
    this.after = []
    this.problem = null
  }

  claim = () => this.#change('claim', { method: 'PUT' }, 'told-claimed')
  unclaim = () => this.#change('claim', { method: 'DELETE' }, 'told-unclaimed')
  releaseText = (description: boolean) =>
    this.#change('release', { method: 'PUT', json: { description } }, description ? 'told-released' : 'told-hidden')
  changeStatus = (change: StatusChange) => this.#change('', { method: 'PATCH', json: change }, 'told-status')

  /** Adds an internal note; the answer is the note, so the request is read again. */
  async note(text: string): Promise<boolean> {
    return this.#attempt(async (id) => {
      await session.write(`/v1/requests/${id}/notes`, { method: 'POST', json: { text } })
      await this.#reload(id)
    }, 'told-note')
  }

  /** Shows who reported it; a look sent again after a lost answer counts once. */
  async reveal(reason: string): Promise<RevealedContact | null> {
    let contact: RevealedContact | null = null
    await this.#attempt(async (id) => {
      const asking = { method: 'POST', json: { reason } } as const
      contact = (await session.write<RevealedContact>(`/v1/queue/${id}/contact/reveal`, asking)).body
    }, 'told-revealed')
    return contact
  }

  async releasePhoto(photo: string, released: boolean): Promise<boolean> {
    return this.#attempt(async (id) => {
      await session.write(`/v1/photos/${photo}/release`, { method: 'PUT', json: { released } })
      await this.#reload(id)
    }, released ? 'told-released' : 'told-hidden')
  }

  /** Shows the place once it is done: sends each photo that waits, and gives it to the request. */
  async sendAfter(): Promise<boolean> {
    return this.#attempt(async (id) => {
      for (const photo of this.after) {
        await session.write(`/v1/photos/${photo.photo_id}`, { method: 'PUT', bytes: photo.bytes })
        await session.write(`/v1/requests/${id}/photos/${photo.photo_id}`, { method: 'PUT' })
        this.after = this.after.filter((one) => one !== photo)
      }
      await this.#reload(id)
    }, 'told-photo-after')
  }

  #change(what: string, asking: Ask, told: string): Promise<boolean> {
    return this.#attempt(async (id) => {
      const { body, etag } = await session.write<StaffRequest>(`/v1/requests/${id}${what && '/'}${what}`, {
        ...asking,
        headers: this.#etag ? { 'If-Match': this.#etag } : {},
      })
      // Some answers carry no tag; the version must be known before the next change.
      if (etag) this.#take(body, etag)
      else await this.#reload(id)
    }, told)
  }

  async #attempt(act: (id: string) => Promise<void>, told: string): Promise<boolean> {
    const id = this.content?.service_request_id
    if (!id || this.busy) return false
    this.busy = true
    this.problem = null
    try {
      await act(id)
      this.told = sentences.t(told)
      return true
    } catch (failure) {
      this.problem = await this.#explain(id, failure)
      return false
    } finally {
      this.busy = false
    }
  }

  /** Somebody was faster: show the new state and say who it was; what was typed stays in its field. */
  async #explain(id: string, failure: unknown): Promise<Problem> {
    const problem = asProblem(failure)
    if (problem.body.status !== 412) return problem
    await this.#reload(id)
    const name = changedBy(problem.body, this.content)
    return new Problem({
      ...problem.body,
      title: name ? sentences.t('conflict-by', { name }) : sentences.t('conflict'),
      detail: sentences.t('conflict-detail'),
    })
  }

  async #reload(id: string): Promise<void> {
    const { body, etag } = await session.read<StaffRequest>(`/v1/queue/${id}`)
    this.#take(body, etag)
  }

  #take(content: StaffRequest, etag: string | null): void {
    this.content = content
    this.#etag = etag
    queue.put(content)
  }
}

export const request = new OpenRequest()
