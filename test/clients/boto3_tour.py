"""Steps that a client takes with boto3 as it comes; run with the name of one."""

import hashlib
import io
import sys
import urllib.request

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import ClientError

PART = 5 * 1024 * 1024
s3 = boto3.client("s3")


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error.response["Error"]
        return
    raise AssertionError(f"not refused with {code}")


def put_get_head(bucket):
    body = b"hello " * 1000
    etag = s3.put_object(Bucket=bucket, Key="a/b c+d", Body=body)["ETag"]
    assert etag == f'"{hashlib.md5(body).hexdigest()}"', etag
    got = s3.get_object(Bucket=bucket, Key="a/b c+d")
    assert got["Body"].read() == body
    assert s3.head_object(Bucket=bucket, Key="a/b c+d")["ContentLength"] == len(body)
    part = s3.get_object(Bucket=bucket, Key="a/b c+d", Range="bytes=6-10")
    assert part["Body"].read() == b"hello" and part["ContentRange"] == f"bytes 6-10/{len(body)}"
    refused("NoSuchKey", s3.get_object, Bucket=bucket, Key="absent")
    refused("404", s3.head_object, Bucket=bucket, Key="absent")


def system_headers_and_metadata(bucket):
    headers = {
        "CacheControl": "max-age=60",
        "ContentDisposition": 'attachment; filename="a b"',
        "ContentEncoding": "identity",
        "ContentLanguage": "de",
        "ContentType": "text/plain; charset=utf-8",
    }
    s3.put_object(Bucket=bucket, Key="k", Body=b"x", Metadata={"colour": "green", "n": "1"}, **headers)
    head = s3.head_object(Bucket=bucket, Key="k")
    assert {name: head[name] for name in headers} == headers, head
    assert head["Metadata"] == {"colour": "green", "n": "1"}, head["Metadata"]


def list(bucket):
    keys = sorted((f"{prefix}/{n:03}" for prefix in ("a", "b", "ü") for n in range(50)), key=str.encode)
    for key in keys:
        s3.put_object(Bucket=bucket, Key=key, Body=b"")
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, PaginationConfig={"PageSize": 7})
    assert [entry["Key"] for page in pages for entry in page["Contents"]] == keys
    folded = s3.list_objects_v2(Bucket=bucket, Delimiter="/")
    assert [entry["Prefix"] for entry in folded["CommonPrefixes"]] == ["a/", "b/", "ü/"], folded
    first = s3.list_objects(Bucket=bucket, Prefix="b/", MaxKeys=1)
    assert first["Contents"][0]["Key"] == "b/000" and first["IsTruncated"]


def multipart(bucket):
    upload = s3.create_multipart_upload(Bucket=bucket, Key="parts")["UploadId"]
    bodies = [b"1" * PART, b"2" * PART, b"3"]
    parts = []
    for number, body in enumerate(bodies, 1):
        etag = s3.upload_part(Bucket=bucket, Key="parts", UploadId=upload, PartNumber=number, Body=body)["ETag"]
        parts.append({"PartNumber": number, "ETag": etag})
    assert len(s3.list_parts(Bucket=bucket, Key="parts", UploadId=upload)["Parts"]) == 3
    assert s3.list_multipart_uploads(Bucket=bucket)["Uploads"][0]["UploadId"] == upload
    done = s3.complete_multipart_upload(Bucket=bucket, Key="parts", UploadId=upload, MultipartUpload={"Parts": parts})
    assert done["ETag"].endswith('-3"'), done
    assert s3.get_object(Bucket=bucket, Key="parts")["Body"].read() == b"".join(bodies)
    assert s3.get_object(Bucket=bucket, Key="parts", PartNumber=3)["Body"].read() == b"3"
    aborted = s3.create_multipart_upload(Bucket=bucket, Key="aborted")["UploadId"]
    s3.abort_multipart_upload(Bucket=bucket, Key="aborted", UploadId=aborted)
    refused("NoSuchUpload", s3.list_parts, Bucket=bucket, Key="aborted", UploadId=aborted)


def transfer(bucket):
    body = bytes(range(256)) * 64 * 1024
    config = TransferConfig(multipart_threshold=PART, multipart_chunksize=PART)
    s3.upload_fileobj(io.BytesIO(body), bucket, "transfer", Config=config)
    back = io.BytesIO()
    s3.download_fileobj(bucket, "transfer", back, Config=config)
    assert back.getvalue() == body


def presigned(bucket):
    put = s3.generate_presigned_url("put_object", Params={"Bucket": bucket, "Key": "by url"})
    with urllib.request.urlopen(urllib.request.Request(put, data=b"sent", method="PUT")) as answer:
        assert answer.status == 200
    get = s3.generate_presigned_url(
        "get_object",
        Params={"Bucket": bucket, "Key": "by url", "ResponseContentType": "text/x-seen"},
    )
    with urllib.request.urlopen(get) as answer:
        assert answer.read() == b"sent" and answer.headers["content-type"] == "text/x-seen"


def copy(bucket):
    s3.put_object(Bucket=bucket, Key="source ü+%", Body=b"body", Metadata={"kept": "yes"}, ContentType="text/css")
    source = {"Bucket": bucket, "Key": "source ü+%"}
    s3.copy_object(Bucket=bucket, Key="copied", CopySource=source)
    head = s3.head_object(Bucket=bucket, Key="copied")
    assert head["Metadata"] == {"kept": "yes"} and head["ContentType"] == "text/css", head
    s3.copy_object(
        Bucket=bucket, Key="copied", CopySource=source, MetadataDirective="REPLACE", Metadata={"new": "1"}
    )
    assert s3.head_object(Bucket=bucket, Key="copied")["Metadata"] == {"new": "1"}
    refused("NoSuchKey", s3.copy_object, Bucket=bucket, Key="x", CopySource={"Bucket": bucket, "Key": "absent"})
    refused("InvalidRequest", s3.copy_object, Bucket=bucket, Key="source ü+%", CopySource=source)


def tags(bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"", Tagging="a=1&b=two%20words")
    assert s3.get_object_tagging(Bucket=bucket, Key="k")["TagSet"] == [
        {"Key": "a", "Value": "1"},
        {"Key": "b", "Value": "two words"},
    ]
    tagging = {"TagSet": [{"Key": "c", "Value": "ü"}]}
    s3.put_object_tagging(Bucket=bucket, Key="k", Tagging=tagging)
    assert s3.get_object_tagging(Bucket=bucket, Key="k")["TagSet"] == tagging["TagSet"]
    s3.delete_object_tagging(Bucket=bucket, Key="k")
    assert s3.get_object_tagging(Bucket=bucket, Key="k")["TagSet"] == []
    refused("NoSuchTagSet", s3.get_bucket_tagging, Bucket=bucket)
    s3.put_bucket_tagging(Bucket=bucket, Tagging=tagging)
    assert s3.get_bucket_tagging(Bucket=bucket)["TagSet"] == tagging["TagSet"]


def conditions(bucket):
    etag = s3.put_object(Bucket=bucket, Key="k", Body=b"1", IfNoneMatch="*")["ETag"]
    refused("PreconditionFailed", s3.put_object, Bucket=bucket, Key="k", Body=b"2", IfNoneMatch="*")
    refused("PreconditionFailed", s3.put_object, Bucket=bucket, Key="k", Body=b"2", IfMatch='"0"')
    refused("PreconditionFailed", s3.get_object, Bucket=bucket, Key="k", IfMatch='"0"')
    refused("304", s3.get_object, Bucket=bucket, Key="k", IfNoneMatch=etag)
    s3.put_object(Bucket=bucket, Key="k", Body=b"2", IfMatch=etag)
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"2"


def delete(bucket):
    keys = [f"k/{n} &amp; <{n}>" for n in range(20)]
    for key in keys:
        s3.put_object(Bucket=bucket, Key=key, Body=b"")
    s3.delete_object(Bucket=bucket, Key=keys[0])
    answer = s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": key} for key in keys]})
    assert sorted(entry["Key"] for entry in answer["Deleted"]) == sorted(keys), answer
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 0
    s3.delete_bucket(Bucket=bucket)
    refused("NoSuchBucket", s3.list_objects_v2, Bucket=bucket)


step = sys.argv[1]
name = f"boto3-{step.replace('_', '-')}"
s3.create_bucket(Bucket=name)
globals()[step](name)
print(step, "ok")
