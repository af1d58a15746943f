import { neverConfigured } from './fixed-answer.ts';

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html */
export const getPublicAccessBlock = neverConfigured('GetPublicAccessBlock', 'NoSuchPublicAccessBlockConfiguration');
