import type { ServerLimits } from '../server-limits.ts'
import { PLACEHOLDERS } from './addresses.ts'
import type { Addresses } from './addresses.ts'
import type { ConfigurationFile } from './configuration-file.ts'
import { writeEdgeNumbers } from './write-edge-numbers.ts'
import { writeEnvoy } from './write-envoy.ts'
import { writeHaproxy } from './write-haproxy.ts'
import { writeKubernetes } from './write-kubernetes.ts'
import { writeNginxCache } from './write-nginx-cache.ts'
import { writeNginx } from './write-nginx.ts'
import { writeVarnish } from './write-varnish.ts'

/**
 * The same limits in the language of each program; every value stands under the sentence that says where it comes from. Sources: the
 * HAProxy configuration manual (2.6), nginx.org (ngx_http_upstream, limit_req, proxy), the Envoy API v3, vcl-backend(7), the Kubernetes
 * API reference, and the vendors' pages on ALB, CloudFront and Cloudflare.
 *
 * @param addresses what is known of where things are; the rest is made up, to be replaced
 */
export function writeConfigurations(
  limits: ServerLimits,
  addresses: Partial<Addresses> = {},
): readonly ConfigurationFile[] {
  const known = { ...PLACEHOLDERS, ...addresses }
  return [
    writeHaproxy(limits, known),
    writeNginx(limits, known),
    writeNginxCache(limits, known),
    writeEnvoy(limits, known),
    writeVarnish(limits, known),
    writeKubernetes(limits, known),
    writeEdgeNumbers(limits),
  ]
}
