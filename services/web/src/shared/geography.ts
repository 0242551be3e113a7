import type { Place, Position } from './contract.ts'

const EARTH = 6_371_000
const NEAR = 600

/** The distance of two positions in metres; good enough inside a city. */
export function metres(one: Position, other: Position): number {
  const rad = Math.PI / 180
  const x = (other.longitude - one.longitude) * rad * Math.cos(((one.latitude + other.latitude) / 2) * rad)
  const y = (other.latitude - one.latitude) * rad
  return Math.hypot(x, y) * EARTH
}

/** The named place closest to `position`, if one is near enough to describe it. */
export function nearest(position: Position, places: Place[]): Place | null {
  let best: Place | null = null
  for (const place of places) if (!best || metres(position, place) < metres(position, best)) best = place
  return best && metres(position, best) <= NEAR ? best : null
}

/** The box of `metres` around a position, as an API's bbox. */
export function boxAround(position: Position, reach: number): string {
  const north = (reach / EARTH) * (180 / Math.PI)
  const east = north / Math.cos((position.latitude * Math.PI) / 180)
  return [position.longitude - east, position.latitude - north, position.longitude + east, position.latitude + north]
    .map((part) => part.toFixed(6))
    .join(',')
}

/** Rounds to the seven decimals that the API keeps. */
export function rounded(position: Position): Position {
  return { longitude: Number(position.longitude.toFixed(7)), latitude: Number(position.latitude.toFixed(7)) }
}
