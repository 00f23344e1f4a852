import { Engine } from './engine.ts'
import { Http2Engine } from './http2-engine.ts'
import type { EngineOptions, EngineSink, LoadEngine } from './load-engine.ts'

/** The engine for the protocol that the transport names. Throws OpenSSL's error when `options.tls` is unusable. */
export function createEngine(options: EngineOptions, sink: EngineSink): LoadEngine {
  return options.transport.protocol === 'h2' ? new Http2Engine(options, sink) : new Engine(options, sink)
}
