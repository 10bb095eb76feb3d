// The AWS SDK for Go with no setting but what the environment has: sdk BUCKET FUNCTION.
package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/feature/s3/manager"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

func main() {
	if err := run(context.Background(), os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, bucket string) error {
	settings, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return err
	}
	who, err := sts.NewFromConfig(settings).GetCallerIdentity(ctx, nil)
	if err != nil {
		return err
	}
	if *who.Arn != "arn:aws:iam::123456789012:root" {
		return fmt.Errorf("signed as %s", *who.Arn)
	}
	client := s3.NewFromConfig(settings)
	key := aws.String("go/é.txt")
	_, err = client.PutObject(ctx, &s3.PutObjectInput{
		Bucket: &bucket, Key: key, Body: bytes.NewReader([]byte("hello")),
		Metadata: map[string]string{"owner": "é"},
	})
	if err != nil {
		return err
	}
	large := bytes.Repeat([]byte("go"), 6<<20)
	_, err = manager.NewUploader(client).Upload(ctx, &s3.PutObjectInput{
		Bucket: &bucket, Key: aws.String("go/large"), Body: bytes.NewReader(large),
	})
	if err != nil {
		return err
	}
	got, err := client.GetObject(ctx, &s3.GetObjectInput{Bucket: &bucket, Key: aws.String("go/large")})
	if err != nil {
		return err
	}
	defer got.Body.Close()
	if body, err := io.ReadAll(got.Body); err != nil || !bytes.Equal(body, large) {
		return fmt.Errorf("not what was uploaded: %d bytes, %v", len(body), err)
	}
	presigned, err := s3.NewPresignClient(client).PresignGetObject(ctx, &s3.GetObjectInput{Bucket: &bucket, Key: key})
	if err != nil {
		return err
	}
	response, err := http.Get(presigned.URL)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if body, _ := io.ReadAll(response.Body); string(body) != "hello" {
		return fmt.Errorf("presigned: %d %s", response.StatusCode, body)
	}
	listed, err := client.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: &bucket, Prefix: aws.String("go/")})
	if err != nil {
		return err
	}
	if len(listed.Contents) != 2 {
		return fmt.Errorf("%d objects", len(listed.Contents))
	}
	return nil
}
