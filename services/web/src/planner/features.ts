import type { Feature, FeatureCollection, MultiPolygon, Point, Polygon, Position } from 'geojson'
import type { PublicRequest, Status } from '../shared/contract.ts'

/** A request as `/ogc/collections/requests/items` lists it. */
export interface Listed {
  id: string
  reference: string
  service_code: string
  status: Status
  agency_responsible: string | null
  nearest_address: string | null
  requested_datetime: string
  longitude: number
  latitude: number
}

/** A district as `/ogc/collections/districts/items` lists it. */
export type District = Feature<Polygon | MultiPolygon, { name: string; official: boolean }>

/** A page of features with a link to the next one. */
export interface Page<F extends Feature> extends FeatureCollection {
  features: F[]
  numberMatched?: number
  links?: { rel: string; href: string }[]
}

export type RequestFeature = Feature<Point, Omit<Listed, 'id' | 'longitude' | 'latitude'>>

/** A feature as a row of the list. */
export function listed(feature: RequestFeature): Listed {
  const [longitude = 0, latitude = 0] = feature.geometry.coordinates
  return { ...feature.properties, id: String(feature.id), longitude, latitude }
}

/** A request that is in no page of the list yet. */
export function fromRequest(request: PublicRequest): Listed | null {
  const { longitude, latitude, service_request_id: id } = request
  if (longitude === null || latitude === null) return null
  return { ...request, id, nearest_address: null, longitude, latitude }
}

/** The path of the next page on the own origin. */
export function nextPage(page: Page<Feature>): string | null {
  const href = page.links?.find((link) => link.rel === 'next')?.href
  if (!href) return null
  const url = new URL(href, globalThis.location?.href ?? 'http://localhost')
  return url.pathname + url.search
}

/** Where the name of an area is written: the middle of its largest part. */
export function middleOf(shape: Polygon | MultiPolygon): Position {
  const parts = shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates
  const middles = parts.map((part) => middleOfRing(part[0] ?? []))
  const largest = middles.reduce((one, other) => (other.area > one.area ? other : one), { area: -1, at: [0, 0] as Position })
  return largest.at
}

function middleOfRing(ring: Position[]): { area: number; at: Position } {
  let [twice, x, y] = [0, 0, 0]
  const [x0 = 0, y0 = 0] = ring[0] ?? []
  for (let i = 0; i + 1 < ring.length; i++) {
    const [ax = 0, ay = 0] = ring[i] ?? []
    const [bx = 0, by = 0] = ring[i + 1] ?? []
    // Relative to the first corner: degrees are large against a district, and their products lose digits.
    const cross = (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
    twice += cross
    x += (ax + bx - 2 * x0) * cross
    y += (ay + by - 2 * y0) * cross
  }
  if (twice === 0) return { area: 0, at: [x0, y0] }
  return { area: Math.abs(twice / 2), at: [x0 + x / (3 * twice), y0 + y / (3 * twice)] }
}
