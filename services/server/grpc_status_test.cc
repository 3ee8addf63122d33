#include "services/server/grpc_status.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "services/base/errors.h"

namespace stegvis::server {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

google::rpc::Status DetailsOf(const grpc::Status& status) {
  google::rpc::Status details;
  EXPECT_TRUE(details.ParseFromString(status.error_details()));
  return details;
}

TEST(ToGrpcStatus, CarriesOneErrorInfoWithOurReasonAndDomain) {
  const grpc::Status told = ToGrpcStatus(errors::EtagStale());

  EXPECT_EQ(told.error_code(), grpc::StatusCode::ABORTED);
  const google::rpc::Status details = DetailsOf(told);
  ASSERT_EQ(details.details_size(), 1);
  google::rpc::ErrorInfo info;
  ASSERT_TRUE(details.details(0).UnpackTo(&info));
  EXPECT_EQ(info.reason(), "ETAG_STALE");
  EXPECT_EQ(info.domain(), "stegvis");
  EXPECT_EQ(details.message(), told.error_message());
}

TEST(ToGrpcStatus, NamesEveryFaultOfAnInput) {
  Faults faults;
  faults.Add("insats.title", reasons::kMissing);
  faults.Add("insats.focus", reasons::kCodeUnknown);

  const google::rpc::Status details =
      DetailsOf(ToGrpcStatus(faults.ToStatus()));

  ASSERT_EQ(details.details_size(), 2);
  google::rpc::BadRequest bad_request;
  ASSERT_TRUE(details.details(1).UnpackTo(&bad_request));
  ASSERT_EQ(bad_request.field_violations_size(), 2);
  EXPECT_EQ(bad_request.field_violations(1).field(), "insats.focus");
  EXPECT_EQ(bad_request.field_violations(1).reason(), "CODE_UNKNOWN");
}

TEST(ToGrpcStatus, LeavesOutTheWordsOfAnErrorThatIsNotOurs) {
  const grpc::Status told =
      ToGrpcStatus(absl::UnknownError("near '19121212-1212'"));

  EXPECT_EQ(told.error_code(), grpc::StatusCode::INTERNAL);
  EXPECT_THAT(told.error_message(), Not(HasSubstr("1912")));
  EXPECT_THAT(told.error_details(), Not(HasSubstr("1912")));
}

}  // namespace
}  // namespace stegvis::server
