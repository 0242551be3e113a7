/** The longer side that is sent at most: enough for a clerk, light enough for a poor line. */
const LONGEST = 2048
/** Files up to this size go as they are when they also fit the longest side. */
const LIGHT = 1_500_000
const HEAVIEST = 15_000_000
const KNOWN = new Set(['image/jpeg', 'image/png', 'image/webp'])

/** The photo cannot be read by this browser and the server would not take it either. */
export class UnreadablePhoto extends Error {}

/** Makes a photo small enough to send; the smaller copy carries no metadata. */
export async function shrink(file: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null)
  if (!bitmap) {
    if (KNOWN.has(file.type) && file.size <= HEAVIEST) return file
    throw new UnreadablePhoto()
  }
  const share = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height))
  if (share === 1 && file.size <= LIGHT && KNOWN.has(file.type)) return file
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * share))
  canvas.height = Math.max(1, Math.round(bitmap.height * share))
  const pen = canvas.getContext('2d')
  if (!pen) throw new UnreadablePhoto()
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  const copy = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.85))
  if (!copy) throw new UnreadablePhoto()
  return copy
}
