// What every request can count on: once only, in time, not too large.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/base/limits.h"
#include "tests/flow/server_fixture.h"

namespace stegvis::testing {
namespace {

using ::testing::HasSubstr;

class Request : public ServerTest {
 protected:
  static v1::CreateForbundRequest ACreation() {
    v1::CreateForbundRequest request;
    request.mutable_forbund()->set_display_name("Norr");
    request.mutable_forbund()->set_organization_number("222000-0018");
    request.mutable_forbund()->set_start_date("2010-01-01");
    request.set_request_id(NewRequestId());
    return request;
  }

  grpc::Status Create(const v1::CreateForbundRequest& request,
                      v1::Forbund& made) {
    return Call(*As("admin").forbund, &v1::ForbundService::Stub::CreateForbund,
                request, made);
  }

  grpc::Status Rename(const v1::Forbund& forbund, const std::string& to,
                      v1::Forbund& renamed) {
    v1::UpdateForbundRequest request;
    *request.mutable_forbund() = forbund;
    request.mutable_forbund()->set_display_name(to);
    request.mutable_update_mask()->add_paths("display_name");
    request.set_request_id(NewRequestId());
    return Call(*As("admin").forbund, &v1::ForbundService::Stub::UpdateForbund,
                request, renamed);
  }
};

TEST_F(Request, SentTwiceHasTheSameAnswer) {
  const v1::CreateForbundRequest request = ACreation();
  v1::Forbund first, second;

  ASSERT_TRUE(Create(request, first).ok());
  ASSERT_TRUE(Create(request, second).ok());

  EXPECT_EQ(first.SerializeAsString(), second.SerializeAsString());
}

TEST_F(Request, SentAgainAfterARestartHasTheSameAnswer) {
  const v1::CreateForbundRequest request = ACreation();
  v1::Forbund first, second;
  ASSERT_TRUE(Create(request, first).ok());

  ASSERT_EQ(Stop(), 0) << Said();
  Start();

  ASSERT_TRUE(Create(request, second).ok());
  EXPECT_EQ(first.SerializeAsString(), second.SerializeAsString());
}

TEST_F(Request, WithAnIdOfAnotherRequestIsRefused) {
  v1::CreateForbundRequest request = ACreation();
  v1::Forbund made;
  ASSERT_TRUE(Create(request, made).ok());

  request.mutable_forbund()->set_display_name("Syd");
  const grpc::Status reused = Create(request, made);

  EXPECT_EQ(reused.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(ReasonTold(reused), "REQUEST_ID_REUSED");
}

TEST_F(Request, ThatWritesNeedsAnId) {
  v1::CreateForbundRequest request = ACreation();
  request.clear_request_id();
  v1::Forbund made;

  const grpc::Status refused = Create(request, made);

  EXPECT_EQ(refused.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(ReasonTold(refused), "REQUEST_ID_INVALID");
}

TEST_F(Request, WithAStaleEtagIsAborted) {
  v1::Forbund made, renamed;
  ASSERT_TRUE(Create(ACreation(), made).ok());
  ASSERT_TRUE(Rename(made, "Nord", renamed).ok());

  const grpc::Status stale = Rename(made, "Nordost", renamed);

  EXPECT_EQ(stale.error_code(), grpc::StatusCode::ABORTED);
  EXPECT_EQ(ReasonTold(stale), "ETAG_STALE");
}

TEST_F(Request, ThatIsTooLargeIsRefused) {
  v1::CreateForbundRequest request = ACreation();
  request.mutable_forbund()->set_description(
      std::string(limits::kMaxMessageBytes, 'x'));
  v1::Forbund made;

  EXPECT_EQ(Create(request, made).error_code(),
            grpc::StatusCode::RESOURCE_EXHAUSTED);
}

TEST_F(Request, WithThePageTokenOfAnotherQueryIsRefused) {
  const v1::Forbund forbund = MakeForbund();
  MakeInsats(forbund.name(), "Ett");
  MakeInsats(forbund.name(), "Två");
  v1::ListInsatserRequest insatser;
  insatser.set_parent(forbund.name());
  insatser.set_page_size(1);
  v1::ListInsatserResponse page;
  ASSERT_TRUE(Call(*As("admin").insats, &v1::InsatsService::Stub::ListInsatser,
                   insatser, page)
                  .ok());
  ASSERT_FALSE(page.next_page_token().empty());

  v1::ListQuestionsRequest questions;
  questions.set_parent(forbund.name());
  questions.set_page_token(page.next_page_token());
  v1::ListQuestionsResponse none;
  const grpc::Status refused =
      Call(*As("admin").forbund, &v1::ForbundService::Stub::ListQuestions,
           questions, none);

  EXPECT_EQ(ReasonTold(refused), "PAGE_TOKEN_MISMATCH");
}

TEST_F(Request, WhoseTimeIsUpIsNotCarriedOut) {
  const Stubs admin = As("admin");
  v1::Forbund made;
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() -
                       std::chrono::seconds(1));

  EXPECT_EQ(
      admin.forbund->CreateForbund(&context, ACreation(), &made).error_code(),
      grpc::StatusCode::DEADLINE_EXCEEDED);

  v1::ListForbundResponse all;
  ASSERT_TRUE(Call(*admin.forbund, &v1::ForbundService::Stub::ListForbund,
                   v1::ListForbundRequest(), all)
                  .ok());
  EXPECT_EQ(all.forbund_size(), 0);
}

TEST_F(Request, NamesEveryFaultAndNoValue) {
  v1::CreateForbundRequest request = ACreation();
  request.mutable_forbund()->set_organization_number("191212-1212");
  request.mutable_forbund()->set_display_name("");
  v1::Forbund made;

  const grpc::Status refused = Create(request, made);

  EXPECT_EQ(refused.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(refused.error_details(), HasSubstr("forbund.display_name"));
  EXPECT_THAT(refused.error_details(),
              HasSubstr("forbund.organization_number"));
  EXPECT_THAT(refused.error_details(), ::testing::Not(HasSubstr("191212")));
}

TEST_F(Request, LeavesALineInTheLogWithoutItsContent) {
  v1::Forbund made;
  ASSERT_TRUE(Create(ACreation(), made).ok());
  ASSERT_EQ(Stop(), 0);

  EXPECT_THAT(Said(), HasSubstr("event=request method=CreateForbund code=OK"));
  EXPECT_THAT(Said(), ::testing::Not(HasSubstr("Norr")));
}

}  // namespace
}  // namespace stegvis::testing
