/** In bytes. Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
export const minPartBytes = 5 * 1024 ** 2;
export const maxObjectBytes = 5 * 1024 ** 4;
