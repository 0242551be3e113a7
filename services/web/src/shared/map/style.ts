import type { Feature, FeatureCollection } from 'geojson'
import type { StyleSpecification } from 'maplibre-gl'
import type { Place } from '../contract.ts'

const LIGHT = { ground: '#e9eeee', city: '#fbfcfc', edge: '#0b5a6b', name: '#33474a', halo: '#fbfcfc' }
const DARK = { ground: '#0f1517', city: '#1d2629', edge: '#74c7d8', name: '#c3d0d2', halo: '#1d2629' }

/**
 * A map that needs nothing from elsewhere: the city's boundary and the names of its places.
 *
 * Without a `glyphs` address MapLibre draws the names with the reader's own fonts.
 */
export function ownStyle(boundary: Feature, places: Place[], dark: boolean): StyleSpecification {
  const colour = dark ? DARK : LIGHT
  return {
    version: 8,
    sources: {
      boundary: { type: 'geojson', data: boundary },
      places: { type: 'geojson', data: asFeatures(places) },
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': colour.ground } },
      { id: 'city', type: 'fill', source: 'boundary', paint: { 'fill-color': colour.city } },
      { id: 'edge', type: 'line', source: 'boundary', paint: { 'line-color': colour.edge, 'line-width': 2, 'line-opacity': 0.7 } },
      {
        id: 'dots',
        type: 'circle',
        source: 'places',
        minzoom: 12,
        paint: { 'circle-radius': 2.5, 'circle-color': colour.name, 'circle-opacity': 0.6 },
      },
      {
        id: 'names',
        type: 'symbol',
        source: 'places',
        layout: {
          'text-field': ['get', 'name'],
          'text-font': ['system-ui', 'sans-serif'],
          'text-size': 13,
          'text-offset': [0, 0.8],
          'text-anchor': 'top',
          'text-padding': 6,
        },
        paint: { 'text-color': colour.name, 'text-halo-color': colour.halo, 'text-halo-width': 1.5 },
      },
    ],
  }
}

/** Turns anything with a position into points for the map. */
export function asFeatures(points: (Place | { longitude: number; latitude: number; name?: string })[]): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: points.map((point, index) => ({
      type: 'Feature',
      id: index,
      properties: { name: point.name ?? '', index },
      geometry: { type: 'Point', coordinates: [point.longitude, point.latitude] },
    })),
  }
}
