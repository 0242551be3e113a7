import type { Position } from '../../shared/contract.ts'
import { draft } from '../draft.svelte.ts'

/** Asks the device where it is; the browser asks the person first. */
export function locate(): Promise<Position> {
  return new Promise((found, failed) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => found({ longitude: coords.longitude, latitude: coords.latitude }),
      failed,
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 30_000 },
    )
  })
}

/** Suggests the device's place when the person has allowed that before; never asks by itself. */
export async function locateIfAllowed(): Promise<void> {
  const allowed = await navigator.permissions?.query({ name: 'geolocation' }).catch(() => null)
  if (allowed?.state !== 'granted') return
  const position = await locate().catch(() => null)
  const { content } = draft
  if (!position || content.position || content.address) return
  content.position = position
  content.source = 'device'
  content.confirmed = false
  await draft.keep()
}
