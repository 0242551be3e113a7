import { ask } from '../../shared/api.ts'
import { city } from '../../shared/city.svelte.ts'
import type { Address, Position } from '../../shared/contract.ts'
import { MOST, placesLike } from './loaded.ts'

/** Suggestions that come later than this are overtaken by what is typed; a name is worth less than that. */
const PATIENCE = { suggestions: 5_000, name: 3_000 }

/** Finds what the typed words may mean, misspelt too; among the city's place names when nobody answers. */
export async function findAddresses(typed: string, near: Position | null, ended: AbortSignal): Promise<Address[]> {
  const query = new URLSearchParams({ q: typed, limit: String(MOST) })
  if (near) query.set('near', `${near.longitude},${near.latitude}`)
  try {
    return (await ask<{ addresses: Address[] }>(`/v1/addresses?${query}`, { signal: within(PATIENCE.suggestions, ended) })).addresses
  } catch {
    return ended.aborted ? [] : placesLike(typed, city.places)
  }
}

/** The house nearest to a position, in words; nothing when there is none or nobody answers in time. */
export async function nameOf({ longitude, latitude }: Position, ended: AbortSignal): Promise<string | null> {
  const query = new URLSearchParams({ longitude: String(longitude), latitude: String(latitude) })
  try {
    const { address } = await ask<{ address: Address | null }>(`/v1/addresses/nearest?${query}`, { signal: within(PATIENCE.name, ended) })
    return address?.kind === 'address' ? address.label : null
  } catch {
    return null
  }
}

/** A signal that ends after some time, or with another one. */
function within(milliseconds: number, ended: AbortSignal): AbortSignal {
  const own = new AbortController()
  const end = () => own.abort()
  setTimeout(end, milliseconds)
  ended.addEventListener('abort', end)
  return own.signal
}
