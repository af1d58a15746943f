import { Server, ServerCredentials, status, type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { callAs } from '../../contract/fixture.ts';
import { codecOf, enumNames, enumNumbers } from '../proto/codec.ts';
import type { OmRequest, OmResponse } from '../proto/om.ts';
import type { Sendable } from '../proto/codec.ts';
import type { OmCommand } from './commands.ts';
import { OmClient } from './om-client.ts';
import { defaultTimings } from './timings.ts';
import { OmOutcomeUnknown, OmUnavailable } from './om-error.ts';

const requests = codecOf<OmRequest>('hadoop.ozone.OMRequest');
const responses = codecOf<OmResponse>('hadoop.ozone.OMResponse');
const typeNames = enumNames('hadoop.ozone.Type');
const statuses = enumNumbers('hadoop.ozone.Status');
const call = callAs('ada');
const names = { volumeName: 's3v', bucketName: 'b' };
const commit = { keyArgs: { ...names, keyName: 'k' }, clientID: 7 };
const timings = { ...defaultTimings, silenceMs: 300, probeMs: 3000, notReadyMs: 50, safeModeMs: [50, 50] };
const notLeader = 'org.apache.hadoop.ozone.om.exceptions.OMNotLeaderException: OM:';

type Reaction = Sendable<OmResponse> | { readonly fault: string } | 'silence' | 'death';
type Behaviour = (command: OmCommand) => Reaction;

const ok = { status: 1 };
const refused = (name: string, raft = true): Reaction => ({
  status: statuses[name],
  message: name,
  ...(raft && { leaderOMNodeId: 'omA' }),
});
const unknown = { fault: `${notLeader}omA is not the leader. Could not determine the leader node.` };
const follower = (nodeId: string, leader: string): Reaction => ({
  fault: `${notLeader}${nodeId} is not the leader. Suggested leader is OM:${leader}[localhost:9872].`,
});
const leads: Reaction = {
  ...ok,
  serviceListResponse: { serviceInfo: [{ omRole: { nodeId: 'om', serverRole: 'LEADER' }, omVersion: 12 }] },
};
/** Leads, and does with other commands as it is told. */
const leading =
  (others: Behaviour): Behaviour =>
  (command) =>
    command === 'ServiceList' ? leads : others(command);

/** An OM for what a real one cannot be made to do on demand. */
class FakeOm {
  readonly seen: OmCommand[] = [];
  readonly metadata: Record<string, unknown>[] = [];
  behave: Behaviour;
  port = 0;
  #server: Server | undefined;

  constructor(behave: Behaviour) {
    this.behave = behave;
  }

  async start(): Promise<this> {
    const server = new Server();
    const asIs = (bytes: Buffer): Buffer => bytes;
    const submitRequest = {
      path: '/hadoop.ozone.OzoneManagerService/submitRequest',
      requestStream: false as const,
      responseStream: false as const,
      requestSerialize: asIs,
      requestDeserialize: asIs,
      responseSerialize: asIs,
      responseDeserialize: asIs,
    };
    server.addService({ submitRequest }, { submitRequest: this.#react });
    this.port = await new Promise((resolve, reject) => {
      server.bindAsync(`127.0.0.1:${this.port}`, ServerCredentials.createInsecure(), (error, port) => {
        if (error === null) resolve(port);
        else reject(error);
      });
    });
    this.#server = server;
    return this;
  }

  stop(): void {
    this.#server?.forceShutdown();
  }

  readonly #react = (received: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>): void => {
    const { cmdType } = requests.decode(received.request);
    const command = typeNames[cmdType] as OmCommand;
    if (command !== 'ServiceList') this.seen.push(command);
    this.metadata.push(received.metadata.getMap());
    const reaction = this.behave(command);
    if (reaction === 'silence') return;
    if (reaction === 'death') this.stop();
    else if ('fault' in reaction) answer({ code: status.INTERNAL, details: reaction.fault });
    else answer(null, responses.encode(reaction));
  };
}

// What is waited for here comes at once, but on a machine that has much else to do.
jest.setTimeout(30_000);

const started: { stop(): void }[] = [];
afterEach(() => {
  for (const each of started.splice(0)) each.stop();
});

async function om(behave: Behaviour): Promise<FakeOm> {
  const made = await new FakeOm(behave).start();
  started.push(made);
  return made;
}

function clientOf(oms: readonly FakeOm[], callTimeoutMs = 20_000, briefWaitMs = 15_000): OmClient {
  const nodes = oms.map(({ port }, index) => ({ nodeId: `om${'ABC'[index] ?? ''}`, host: '127.0.0.1', port }));
  const client = new OmClient({ nodes, log: call.log, callTimeoutMs, timings: { ...timings, briefWaitMs } });
  started.push({ stop: () => client.close() });
  return client;
}

describe('a call', () => {
  it('carries the address of the client in both headers', async () => {
    const only = await om(leading(() => ok));
    await clientOf([only]).call(call, 'CommitKey', commit);
    expect(only.metadata.at(-1)).toMatchObject({ client_hostname: '127.0.0.1', client_ip_address: '127.0.0.1' });
  });

  it('rejects with the status that the OM gives', async () => {
    const only = await om(leading(() => refused('KEY_NOT_FOUND')));
    const answer = clientOf([only]).call(call, 'CommitKey', commit);
    await expect(answer).rejects.toMatchObject({ name: 'OmError', status: 'KEY_NOT_FOUND', command: 'CommitKey' });
  });

  it('takes a partial delete for an answer', async () => {
    const errors = [{ key: 'k', errorCode: 'PERMISSION_DENIED', errorMsg: 'no' }];
    const partial = { status: statuses.PARTIAL_DELETE, deleteKeysResponse: { status: false, errors } };
    const only = await om(leading(() => partial));
    const answer = await clientOf([only]).call(call, 'DeleteKeys', { deleteKeys: { ...names, keys: ['k'] } });
    expect(answer.errors).toMatchObject(errors);
  });

  it('ends when its client goes', async () => {
    const only = await om(leading(() => 'silence'));
    const gone = new AbortController();
    const answer = clientOf([only]).call({ ...call, signal: gone.signal }, 'InfoBucket', names);
    setTimeout(() => gone.abort(new Error('gone')), 200);
    await expect(answer).rejects.toThrow('gone');
  });

  it('waits for a cluster that leaves the safe mode', async () => {
    const only: FakeOm = await om(
      leading(() =>
        only.seen.length < 2 ? refused('SCM_IN_SAFE_MODE', false) : { ...ok, createKeyResponse: { ID: 5 } },
      ),
    );
    const { ID } = await clientOf([only]).call(call, 'CreateKey', { keyArgs: commit.keyArgs });
    expect(ID.toNumber()).toBe(5);
  });

  it('asks for the context of an access id once', async () => {
    const context = { ...ok, getS3VolumeContextResponse: { volumeInfo: { volume: 's3v' }, userPrincipal: 'ada' } };
    const only = await om(leading(() => context));
    const client = clientOf([only]);
    expect(await client.s3Context(call)).toEqual({ volume: 's3v', userPrincipal: 'ada' });
    await client.s3Context(call);
    expect(only.seen).toEqual(['GetS3VolumeContext']);
  });
});

describe('with several OMs', () => {
  it('a write goes to the one that leads, and to no other', async () => {
    const second = await om(leading(() => ok));
    const first = await om((command) =>
      command === 'ServiceList' ? follower('omA', 'omB') : refused('BUCKET_NOT_FOUND', false),
    );
    await clientOf([first, second]).call(call, 'CommitKey', commit);
    expect([first.seen, second.seen]).toEqual([[], ['CommitKey']]);
  });

  it('a write that a deposed leader refuses goes to the suggested one', async () => {
    const [first, second] = [await om(leading(() => ok)), await om(() => follower('omB', 'omA'))];
    const client = clientOf([first, second]);
    await client.call(call, 'CommitKey', commit);
    first.behave = () => follower('omA', 'omB');
    second.behave = leading(() => ok);
    await client.call(call, 'CommitKey', commit);
    expect(second.seen).toEqual(['CommitKey']);
  });

  it('what a deposed leader says of a write by itself is not believed', async () => {
    const [first, second] = [await om(leading(() => ok)), await om(() => follower('omB', 'omA'))];
    const client = clientOf([first, second]);
    await client.call(call, 'CommitKey', commit);
    first.behave = (command) =>
      command === 'ServiceList' ? follower('omA', 'omB') : refused('BUCKET_NOT_FOUND', false);
    second.behave = leading(() => ok);
    await client.call(call, 'CommitKey', commit);
    expect([first.seen, second.seen]).toEqual([['CommitKey', 'CommitKey'], ['CommitKey']]);
  });

  it('a read that an OM leaves without an answer goes to the next', async () => {
    const [first, second] = [await om(leading(() => ok)), await om(() => follower('omB', 'omA'))];
    const client = clientOf([first, second]);
    await client.call(call, 'CommitKey', commit);
    first.behave = () => 'silence';
    second.behave = leading(() => ({ ...ok, infoBucketResponse: { bucketInfo: { owner: 'ada' } } }));
    expect(await client.call(call, 'InfoBucket', names)).toMatchObject({ bucketInfo: { owner: 'ada' } });
  });
});

describe('a write whose fate is open', () => {
  it('is not sent again when the OM dies over it', async () => {
    const [first, second] = [await om(leading(() => 'death')), await om(leading(() => ok))];
    second.behave = () => follower('omB', 'omA');
    const client = clientOf([first, second]);
    const answer = client.call(call, 'CommitKey', commit);
    await expect(answer).rejects.toBeInstanceOf(OmOutcomeUnknown);
    expect([first.seen, second.seen]).toEqual([['CommitKey'], []]);
  });

  it('is not sent again when its OM ceases to lead', async () => {
    const only = await om(leading(() => unknown));
    await expect(clientOf([only]).call(call, 'CommitKey', commit)).rejects.toBeInstanceOf(OmOutcomeUnknown);
    expect(only.seen).toEqual(['CommitKey']);
  });

  it('is sent again when twice is like once', async () => {
    const only: FakeOm = await om(leading(() => (only.seen.length < 2 ? unknown : ok)));
    await clientOf([only]).call(call, 'PutObjectTagging', { keyArgs: commit.keyArgs });
    expect(only.seen).toEqual(['PutObjectTagging', 'PutObjectTagging']);
  });
});

describe('an OM that cannot serve', () => {
  it('is waited for while it starts to lead', async () => {
    const notReady = {
      fault: 'org.apache.hadoop.ozone.om.exceptions.OMLeaderNotReadyException: omA is Leader but not ready',
    };
    const only: FakeOm = await om(leading(() => (only.seen.length < 2 ? notReady : ok)));
    await clientOf([only]).call(call, 'CommitKey', commit);
    expect(only.seen).toEqual(['CommitKey', 'CommitKey']);
  });

  it('is waited for until it is back', async () => {
    const only = await om(leading(() => ok));
    const client = clientOf([only]);
    await client.call(call, 'CommitKey', commit);
    only.stop();
    const answer = client.call(call, 'CommitKey', commit);
    setTimeout(() => void only.start(), 1000);
    await answer;
    expect(only.seen).toHaveLength(2);
  });

  it('is named when the time is over', async () => {
    const only = await om(() => ok);
    only.stop();
    const client = clientOf([only], 1000, 1000);
    await expect(client.call(call, 'InfoBucket', names)).rejects.toBeInstanceOf(OmUnavailable);
    expect(await client.notReadyReasons()).toEqual([
      `Ozone Manager omA at 127.0.0.1:${only.port}: no connection to 127.0.0.1:${only.port}`,
    ]);
  });

  it('is noticed though nothing is asked of it', async () => {
    const only = await om(leading(() => ok));
    const client = clientOf([only], 1000, 1000);
    expect(await client.notReadyReasons()).toEqual([]);
    only.behave = () => unknown;
    expect(await client.notReadyReasons()).toEqual([`Ozone Manager omA at 127.0.0.1:${only.port}: it does not lead`]);
  });

  it('is refused when it is too old', async () => {
    const serviceInfo = [{ omRole: { nodeId: 'om', serverRole: 'LEADER' }, omVersion: 10 }];
    const only = await om(() => ({ ...ok, serviceListResponse: { serviceInfo } }));
    const client = clientOf([only], 1000, 1000);
    await expect(client.call(call, 'InfoBucket', names)).rejects.toBeInstanceOf(OmUnavailable);
    expect((await client.notReadyReasons()).join()).toContain('OMVersion 10');
  });

  it('is told of by its fault', async () => {
    const only = await om(leading(() => ({ fault: 'java.lang.IllegalArgumentException' })));
    const answer = clientOf([only]).call(call, 'CommitKey', commit);
    await expect(answer).rejects.toMatchObject({
      status: 'INTERNAL_ERROR',
      message: 'java.lang.IllegalArgumentException',
    });
  });
});
