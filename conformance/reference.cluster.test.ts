/** Every case against Ozone's own gateway: what users of it know, and what they find better here. */
import { describeServer } from './targets/describe-server.ts';
import { reference } from './targets/known-servers.ts';

await describeServer(reference, reference.baselineFile);
