import type { Address, Place } from '../../shared/contract.ts'
import { folded } from '../search/loaded.ts'

/** So many suggestions fit above a phone's keyboard. */
export const MOST = 5

/** Places in whose name every typed word begins a word; they stand in for addresses when there is no network. */
export function placesLike(typed: string, places: Place[]): Address[] {
  const typedWords = wordsOf(typed)
  if (typedWords.length === 0) return []
  const fits = ({ name }: Place) => typedWords.every((typedWord) => wordsOf(name).some((word) => word.startsWith(typedWord)))
  return places.filter(fits).slice(0, MOST).map(asAddress)
}

function asAddress({ name, longitude, latitude }: Place): Address {
  return { kind: 'place', label: name, street: null, house_number: null, postal_code: null, district: null, longitude, latitude }
}

function wordsOf(text: string): string[] {
  return folded(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean)
}
