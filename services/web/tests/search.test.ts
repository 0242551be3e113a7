import assert from 'node:assert/strict'
import test from 'node:test'
import type { Service } from '../src/shared/contract.ts'
import { findLoaded, MOST } from '../src/resident/search/loaded.ts'

function service(code: string, name: string, keywords: string[] = []): Service {
  return {
    service_code: code, service_name: name, description: '', group: 'g', group_name: 'Gruppe', keywords, attributes: [],
    visibility: 'public', expected_days: null, hazard: false, accepts: { text: true, photos: true }, contact: 'optional', hand_over: null,
  }
}

const services = [
  service('dumped_litter', 'Wilder Müll', ['Matratze']),
  service('bulky_waste', 'Sperrmüll', ['Matratze', 'Schrank']),
  service('road_damage', 'Straßenschaden', ['Schlagloch']),
]
const codes = (query: string) => findLoaded(query, services).map((one) => one.service_code)

test('without a network everyday words still find what is loaded', () => {
  assert.deepEqual(codes('matratze'), ['dumped_litter', 'bulky_waste'])
  assert.deepEqual(codes('MUELL'), ['dumped_litter', 'bulky_waste'])
  assert.deepEqual(codes('strasse'), ['road_damage'])
  assert.deepEqual(codes('schrank matratze'), ['bulky_waste'])
})

test('a name comes before another word for it, and nothing finds nothing', () => {
  const found = findLoaded('schaden', [service('a', 'Anderes', ['Schaden']), service('b', 'Schaden')])
  assert.deepEqual(found.map((one) => one.service_code), ['b', 'a'])
  assert.deepEqual(codes(''), [])
  assert.deepEqual(codes('xyzzy'), [])
})

test('a list stays short', () => {
  const many = Array.from({ length: 20 }, (_, index) => service(`s${index}`, `Müll ${index}`))
  assert.equal(findLoaded('müll', many).length, MOST)
})
