/** Every case against the built gateway on a real Ozone. */
import { describeServer } from './targets/describe-server.ts';
import { onOzone } from './targets/known-servers.ts';

await describeServer(onOzone, onOzone.baselineFile);
