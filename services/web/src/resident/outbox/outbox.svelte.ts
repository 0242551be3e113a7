import { Problem } from '../../shared/api.ts'
import type { FiledRequest } from '../../shared/contract.ts'
import { askAsDevice } from './device.ts'
import { type Sent, shelf, type Waiting } from './store.ts'

const FIRST_PAUSE = 2_000
const LONGEST_PAUSE = 120_000

/** What became of one attempt to send. */
export type Outcome = { sent: Sent } | { refused: Problem } | 'waiting'

/** Requests on their way: kept in the browser until the server has acknowledged each of them. */
class Outbox {
  waiting = $state.raw<Waiting[]>([])
  sent = $state.raw<Sent[]>([])
  #pause = FIRST_PAUSE
  #timer: ReturnType<typeof setTimeout> | undefined

  /** Reads what an earlier visit left, sends it, and sends again whenever the network returns. */
  async open(): Promise<void> {
    await this.#read()
    addEventListener('online', () => void this.sendAll())
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void this.sendAll()
    })
    void this.sendAll()
  }

  /** Keeps a request, then tries to send it. */
  async put(waiting: Waiting): Promise<Outcome> {
    const store = await shelf()
    await store.put('waiting', waiting)
    await this.#read()
    return (await this.sendAll()).get(waiting.service_request_id) ?? 'waiting'
  }

  /** Drops a refused request whose content the person goes on editing or gives up. */
  async drop(id: string): Promise<void> {
    await (await shelf()).delete('waiting', id)
    await this.#read()
  }

  /** Forgets the links to reports sent from this device; the reports themselves stay with the city. */
  async forgetSent(): Promise<void> {
    await (await shelf()).clear('sent')
    await this.#read()
  }

  /** Sends everything that waits. Only one page at a time does so. */
  async sendAll(): Promise<Map<string, Outcome>> {
    clearTimeout(this.#timer)
    const outcomes = await navigator.locks.request('outbox', () => this.#sendEach())
    await this.#read()
    if ([...outcomes.values()].includes('waiting')) {
      this.#timer = setTimeout(() => void this.sendAll(), this.#pause)
      this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE)
    } else this.#pause = FIRST_PAUSE
    return outcomes
  }

  async #sendEach(): Promise<Map<string, Outcome>> {
    const store = await shelf()
    const outcomes = new Map<string, Outcome>()
    for (const one of await store.getAll('waiting')) if (!one.refused) outcomes.set(one.service_request_id, await this.#send(one))
    return outcomes
  }

  async #send(one: Waiting): Promise<Outcome> {
    const store = await shelf()
    try {
      for (const photo of one.photos)
        await askAsDevice(`/v1/photos/${photo.photo_id}`, { method: 'PUT', bytes: photo.bytes })
      const filed = await askAsDevice<FiledRequest>('/v1/requests', {
        method: 'POST',
        json: one.request,
        headers: { 'Idempotency-Key': one.idempotency_key },
      })
      const sent = { ...filed, service_name: one.service_name }
      const both = store.transaction(['waiting', 'sent'], 'readwrite')
      await Promise.all([
        both.objectStore('sent').put(sent),
        both.objectStore('waiting').delete(one.service_request_id),
        both.done,
      ])
      return { sent }
    } catch (failure) {
      // 401: the device is made anew; 409 while an earlier copy of this very request is in flight.
      if (!(failure instanceof Problem) || failure.passing || failure.body.status === 401) return 'waiting'
      if (failure.body.code === 'request-in-flight') return 'waiting'
      await store.put('waiting', { ...one, refused: failure.body })
      return { refused: failure }
    }
  }

  async #read(): Promise<void> {
    const store = await shelf()
    this.waiting = await store.getAll('waiting')
    this.sent = (await store.getAll('sent')).reverse()
  }
}

export const outbox = new Outbox()
