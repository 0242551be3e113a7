import type { FeatureCollection } from 'geojson'
import type { Position } from '../contract.ts'

/** Turns positions into points for the map; each keeps its place in the list as `index`. */
export function asFeatures(points: Position[]): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: points.map((point, index) => ({
      type: 'Feature',
      id: index,
      properties: { index },
      geometry: { type: 'Point', coordinates: [point.longitude, point.latitude] },
    })),
  }
}
