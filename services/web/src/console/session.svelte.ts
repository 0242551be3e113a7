import { type Ask, ask, askTagged, Problem, type Tagged } from '../shared/api.ts'
import type { Session } from '../shared/contract.ts'
import { idempotencyKey } from '../shared/identity.ts'

/** Who works here. The session itself is a cookie that no script can read. */
class TheSession {
  now = $state.raw<Session | null>(null)

  async open(): Promise<void> {
    this.now = await ask<Session>('/session')
  }

  /** Writes in the name of the signed-in person: every write can be repeated and none can be forged. */
  async write<T>(path: string, asking: Ask): Promise<Tagged<T>> {
    try {
      return await askTagged<T>(path, {
        ...asking,
        headers: { 'X-CSRF-Token': this.now?.csrf ?? '', 'Idempotency-Key': idempotencyKey(), ...asking.headers },
      })
    } catch (failure) {
      this.#notice(failure)
      throw failure
    }
  }

  /** Reads in the name of the signed-in person. */
  async read<T>(path: string): Promise<Tagged<T>> {
    try {
      return await askTagged<T>(path)
    } catch (failure) {
      this.#notice(failure)
      throw failure
    }
  }

  async end(): Promise<void> {
    await this.write('/session', { method: 'DELETE' })
    await this.open()
  }

  /** A session that ran out says so on the whole page, not as an error of one button. */
  #notice(failure: unknown): void {
    if (failure instanceof Problem && failure.body.status === 401) void this.open()
  }
}

export const session = new TheSession()
