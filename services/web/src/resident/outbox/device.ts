import { ask, Problem } from '../../shared/api.ts'
import { idempotencyKey, uuidv7 } from '../../shared/identity.ts'
import { shelf } from './store.ts'

let token: { value: string; until: number } | null = null

/** Asks in the name of this device: an account without name, made when the first report is sent. */
export async function askAsDevice<T>(path: string, asking: Parameters<typeof ask>[1] = {}): Promise<T> {
  const attempt = async () =>
    ask<T>(path, { ...asking, headers: { ...asking.headers, Authorization: `Bearer ${await accessToken()}` } })
  try {
    return await attempt()
  } catch (failure) {
    if (!(failure instanceof Problem) || failure.body.status !== 401) throw failure
    token = null
    return await attempt()
  }
}

async function accessToken(): Promise<string> {
  if (token && token.until > Date.now()) return token.value
  const answer = await ask<{ access_token: string; expires_in: number }>('/v1/token', {
    method: 'POST',
    json: { device_secret: await deviceSecret() },
    headers: { 'Idempotency-Key': idempotencyKey() },
  }).catch(forgetUnknownDevice)
  token = { value: answer.access_token, until: Date.now() + (answer.expires_in - 30) * 1000 }
  return token.value
}

/** The key is kept before it is used, so that an answer that gets lost does not make a second device. */
async function deviceSecret(): Promise<string> {
  const store = await shelf()
  const known = await store.get('device', 'secret')
  if (known) return known
  const id = (await store.get('device', 'id')) ?? uuidv7()
  const key = (await store.get('device', 'idempotency_key')) ?? idempotencyKey()
  await Promise.all([store.put('device', id, 'id'), store.put('device', key, 'idempotency_key')])
  const made = await ask<{ device_secret: string }>('/v1/devices', {
    method: 'POST',
    json: { device_id: id },
    headers: { 'Idempotency-Key': key },
  })
  await store.put('device', made.device_secret, 'secret')
  return made.device_secret
}

/** A server that was set up anew does not know this device: the next attempt registers it again. */
async function forgetUnknownDevice(failure: unknown): Promise<never> {
  if (failure instanceof Problem && [401, 403, 404].includes(failure.body.status)) await (await shelf()).clear('device')
  throw failure
}
