import assert from 'node:assert/strict'
import test from 'node:test'
import { MOST, placesLike } from '../src/resident/place/loaded.ts'

const places = ['Wilhelmstraße', 'Willy-Brandt-Platz', 'Bahnhof Gladbeck West', 'Süßer Grund'].map((name, index) => ({
  name, longitude: 6.98 + index / 1000, latitude: 51.57,
}))
const labels = (typed: string) => placesLike(typed, places).map((one) => one.label)

test('without a network the beginnings of words find the places that are loaded', () => {
  assert.deepEqual(labels('wil'), ['Wilhelmstraße', 'Willy-Brandt-Platz'])
  assert.deepEqual(labels('WEST bahn'), ['Bahnhof Gladbeck West'])
  assert.deepEqual(labels('suesser'), ['Süßer Grund'])
  assert.deepEqual(labels('platz willy'), ['Willy-Brandt-Platz'])
})

test('nothing typed and nothing like it find nothing', () => {
  assert.deepEqual(labels(' -'), [])
  assert.deepEqual(labels('xyzzy'), [])
})

test('a place that stands in says where it is, and a list stays short', () => {
  assert.deepEqual(placesLike('wilhelm', places)[0], {
    kind: 'place', label: 'Wilhelmstraße', street: null, house_number: null, postal_code: null, district: null, longitude: 6.98, latitude: 51.57,
  })
  const many = Array.from({ length: 20 }, (_, index) => ({ name: `Platz ${index}`, longitude: 7, latitude: 51 }))
  assert.equal(placesLike('platz', many).length, MOST)
})
