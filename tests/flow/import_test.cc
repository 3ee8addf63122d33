// Imports: streams of rows, each durable before it is answered for.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <thread>

#include "tests/flow/server_fixture.h"

namespace stegvis::testing {
namespace {

using ::testing::Gt;

using Stream = grpc::ClientReaderWriter<v1::ImportParticipationsRequest,
                                        v1::ImportProgress>;

constexpr int kRowsPerMessage = 100;

class AnImport : public ServerTest {
 protected:
  void SetUp() override {
    ServerTest::SetUp();
    forbund_ = MakeForbund();
    insats_ = MakeInsats(forbund_.name(), "Steget");
  }

  v1::ImportParticipationsRequest Message(int first_row) const {
    v1::ImportParticipationsRequest message;
    for (int i = first_row; i < first_row + kRowsPerMessage; ++i) {
      v1::ParticipationRow& row = *message.mutable_rows()->add_rows();
      row.set_line(i + 2);
      row.set_insats(insats_.name());
      *row.mutable_registration() =
          ARegistration(APersonNumber(i), "2020-02-01");
    }
    return message;
  }

  struct Sum {
    int64_t rows = 0, recorded = 0, unchanged = 0, refused = 0, answers = 0;
    grpc::Status status;
  };

  static void Add(const v1::ImportProgress& progress, Sum& sum) {
    ++sum.answers;
    sum.rows += progress.rows();
    sum.recorded += progress.recorded();
    sum.unchanged += progress.unchanged();
    sum.refused += progress.refused_rows_size();
  }

  // Sends `messages` of rows as `user`.
  Sum Import(const std::string& user, int messages,
             const v1::ImportOptions& options = {}) {
    const Stubs stubs = As(user);
    grpc::ClientContext context;
    const std::unique_ptr<Stream> stream =
        stubs.participation->ImportParticipations(&context);
    std::thread sender([&] {
      v1::ImportParticipationsRequest first;
      *first.mutable_options() = options;
      bool going = stream->Write(first);
      for (int i = 0; going && i < messages; ++i) {
        going = stream->Write(Message(i * kRowsPerMessage));
      }
      stream->WritesDone();
    });
    Sum sum;
    v1::ImportProgress progress;
    while (stream->Read(&progress)) Add(progress, sum);
    sender.join();
    sum.status = stream->Finish();
    return sum;
  }

  int StartedIn2020() {
    v1::GetOutcomeReportRequest request;
    request.add_forbund(forbund_.name());
    request.set_from("2020-01-01");
    request.set_to("2020-12-31");
    v1::OutcomeReport report;
    EXPECT_TRUE(Call(*As("national").outcome,
                     &v1::OutcomeService::Stub::GetOutcomeReport, request,
                     report)
                    .ok());
    return report.participants().started().total();
  }

  v1::Forbund forbund_;
  v1::Insats insats_;
};

TEST_F(AnImport, AnswersForEveryMessageInOrder) {
  const Sum sum = Import("import", 20);

  EXPECT_TRUE(sum.status.ok()) << sum.status.error_message();
  EXPECT_EQ(sum.answers, 20);
  EXPECT_EQ(sum.rows, 2000);
  EXPECT_EQ(sum.recorded, 2000);
  EXPECT_EQ(StartedIn2020(), 2000);
}

TEST_F(AnImport, SentTwiceRecordsOnce) {
  Import("import", 3);
  const Sum again = Import("import", 3);

  EXPECT_EQ(again.recorded, 0);
  EXPECT_EQ(again.unchanged, 300);
  EXPECT_EQ(StartedIn2020(), 300);
}

TEST_F(AnImport, CutOffKeepsWhatWasAnsweredAndCanBeSentAgain) {
  Sum answered;
  {
    const Stubs stubs = As("import");
    grpc::ClientContext context;
    const std::unique_ptr<Stream> stream =
        stubs.participation->ImportParticipations(&context);
    v1::ImportParticipationsRequest first;
    first.mutable_options();
    ASSERT_TRUE(stream->Write(first));
    for (int i = 0; i < 6; ++i) {
      ASSERT_TRUE(stream->Write(Message(i * kRowsPerMessage)));
    }
    v1::ImportProgress progress;
    for (int i = 0; i < 2; ++i) {
      ASSERT_TRUE(stream->Read(&progress));
      Add(progress, answered);
    }
    Crash();
    context.TryCancel();
    stream->Finish();
  }
  EXPECT_EQ(answered.recorded, 200);

  Start();

  EXPECT_GE(StartedIn2020(), 200);
  const Sum again = Import("import", 6);
  EXPECT_TRUE(again.status.ok());
  EXPECT_GE(again.unchanged, 200);
  EXPECT_EQ(again.recorded + again.unchanged, 600);
  EXPECT_EQ(StartedIn2020(), 600);
}

TEST_F(AnImport, OfACallerThatLeavesEndsWithoutHarm) {
  {
    const Stubs stubs = As("import");
    grpc::ClientContext context;
    const std::unique_ptr<Stream> stream =
        stubs.participation->ImportParticipations(&context);
    v1::ImportParticipationsRequest first;
    first.mutable_options();
    ASSERT_TRUE(stream->Write(first));
    ASSERT_TRUE(stream->Write(Message(0)));
    context.TryCancel();
    EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  }

  const Sum sum = Import("import", 2);
  EXPECT_EQ(sum.recorded + sum.unchanged, 200);
  EXPECT_EQ(Stop(), 0) << Said();
}

TEST_F(AnImport, CheckedOnlyWritesNothing) {
  v1::ImportOptions options;
  options.set_validate_only(true);

  const Sum sum = Import("import", 5, options);

  EXPECT_TRUE(sum.status.ok()) << sum.status.error_message();
  EXPECT_EQ(sum.recorded, 500);
  EXPECT_EQ(StartedIn2020(), 0);
}

TEST_F(AnImport, IsRefusedToARoleThatMayNot) {
  EXPECT_EQ(ReasonTold(Import("national", 1).status), "NOT_PERMITTED");
  EXPECT_EQ(ReasonTold(Import("admin", 1).status), "NOT_PERMITTED");
}

TEST_F(AnImport, ThatMigratesIsForTheOperator) {
  v1::ImportOptions options;
  options.set_migrate(true);

  EXPECT_EQ(ReasonTold(Import("import", 1, options).status), "NOT_PERMITTED");
  const Sum sum = Import("admin", 1, options);
  EXPECT_TRUE(sum.status.ok()) << sum.status.error_message();
  // The rows lack their moment: each is refused, and the stream goes on.
  EXPECT_EQ(sum.refused, kRowsPerMessage);
}

TEST_F(AnImport, RefusesTheRowsOfAnotherInsatsByThemselves) {
  const v1::Insats other = MakeInsats(forbund_.name(), "Ett annat");
  Grant("samordnare", v1::ROLE_SAMORDNARE, other.name());

  const Sum sum = Import("samordnare", 1);

  EXPECT_TRUE(sum.status.ok()) << sum.status.error_message();
  EXPECT_EQ(sum.refused, kRowsPerMessage);
  EXPECT_EQ(StartedIn2020(), 0);
}

TEST_F(AnImport, BeginsWithItsOptions) {
  const Stubs stubs = As("import");
  grpc::ClientContext context;
  const std::unique_ptr<Stream> stream =
      stubs.participation->ImportParticipations(&context);
  stream->Write(Message(0));

  const grpc::Status status = stream->Finish();

  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(ReasonTold(status), "MISSING");
}

}  // namespace
}  // namespace stegvis::testing
