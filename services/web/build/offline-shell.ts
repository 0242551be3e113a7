import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

type Chunk = { imports: string[]; dynamicImports: string[]; viteMetadata?: { importedCss: Set<string> } }

/** Only these on-demand chunks belong to the shell: sentences. The map is worth its bytes only when opened. */
const ON_DEMAND = /^assets\/(web|resident)-[\w-]+\.js$/

/**
 * Writes into the service worker which files the resident page needs to open without a network, and a
 * version made of their hashed names, so that each build replaces the cache of the one before.
 */
export function offlineShell(): Plugin {
  return {
    name: 'offline-shell',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const files = new Set<string>()
        const visit = (name: string) => {
          const chunk = bundle[name]
          if (!chunk || chunk.type !== 'chunk' || files.has(`/${name}`)) return
          files.add(`/${name}`)
          const { imports, dynamicImports, viteMetadata } = chunk as Chunk
          for (const css of viteMetadata?.importedCss ?? []) files.add(`/${css}`)
          imports.forEach(visit)
          dynamicImports.filter((file) => ON_DEMAND.test(file)).forEach(visit)
        }
        for (const [name, chunk] of Object.entries(bundle))
          if (chunk.type === 'chunk' && chunk.isEntry && chunk.name === 'resident') visit(name)

        const shell = ['/', ...[...files].sort()]
        const version = createHash('sha256').update(shell.join()).digest('hex').slice(0, 12)
        const worker = bundle['worker.js']
        if (!worker || worker.type !== 'chunk') throw new Error('the service worker was not built')
        worker.code = worker.code
          .replaceAll('__SHELL__', JSON.stringify(shell))
          .replaceAll('__VERSION__', JSON.stringify(version))
      },
    },
  }
}
