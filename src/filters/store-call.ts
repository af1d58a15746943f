import { setMaxListeners } from 'node:events';
import { ClientGone } from '../errors/client-gone.ts';
import type { StoreCall } from '../storage/values.ts';
import type { GatewayLog } from './log.ts';
import { required, type FilterContext } from './state.ts';

/** What a store needs to know of the request. The abort signal is made only for those who ask: most never do. */
export function createStoreCall(ctx: FilterContext, log: GatewayLog): StoreCall {
  const { res, state } = ctx;
  let controller: AbortController | undefined;
  return {
    caller: required(state.verification).caller,
    requestId: state.requestId,
    clientAddress: peerAddress(ctx.req.socket.remoteAddress),
    log,
    get signal() {
      if (controller === undefined) {
        const made = new AbortController();
        // A request for many keys has many calls in hand, each of which listens: that is no leak.
        setMaxListeners(0, made.signal);
        controller = made;
        if (res.destroyed) made.abort(new ClientGone());
        res.once('close', () => {
          if (!res.writableFinished) made.abort(new ClientGone());
        });
      }
      return controller.signal;
    },
  };
}

/** A client that has gone has no address any more. */
function peerAddress(address: string | undefined): string {
  if (address === undefined) return '0.0.0.0';
  const [literal = ''] = address.split('%');
  return literal.startsWith('::ffff:') ? literal.slice('::ffff:'.length) : literal;
}
