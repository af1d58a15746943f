import { GetBucketNotificationConfigurationCommand } from '@aws-sdk/client-s3';
import { defineConfigurationRead } from './configuration-read.ts';

defineConfigurationRead({
  operation: 'GetBucketNotificationConfiguration',
  feature: 'notification',
  query: 'notification',
  command: (input) => new GetBucketNotificationConfigurationCommand(input),
  answer: {
    root: 'NotificationConfiguration',
    read: ({ TopicConfigurations, QueueConfigurations, LambdaFunctionConfigurations }) => [
      TopicConfigurations,
      QueueConfigurations,
      LambdaFunctionConfigurations,
    ],
    expected: [undefined, undefined, undefined],
  },
});
