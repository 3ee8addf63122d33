// The server as such: health, reflection, and how it stops.
#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>
#include <gtest/gtest.h>

#include <csignal>

#include "tests/flow/server_fixture.h"

namespace stegvis::testing {
namespace {

using ::testing::HasSubstr;

// Debian's gRPC ships neither health.proto nor reflection.proto for clients:
// these are their messages as bytes.
constexpr char kHealthOfTheServer[] = "";
constexpr char kServing[] = "\x08\x01";          // status = SERVING
const std::string kListServices("\x3a\x00", 2);  // list_services = ""

grpc::ByteBuffer Bytes(const std::string& text) {
  const grpc::Slice slice(text);
  return grpc::ByteBuffer(&slice, 1);
}

std::string Text(grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  EXPECT_TRUE(buffer.Dump(&slices).ok());
  std::string text;
  for (const grpc::Slice& slice : slices) {
    text.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return text;
}

// Sends one message to a method and returns the first of its answers.
std::string FirstAnswer(const std::shared_ptr<grpc::Channel>& channel,
                        const std::string& method, const std::string& message) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::seconds(30));
  grpc::CompletionQueue queue;
  grpc::ByteBuffer answer;
  const std::unique_ptr<grpc::GenericClientAsyncReaderWriter> call =
      stub.PrepareCall(&context, method, &queue);
  void* tag = nullptr;
  bool ok = false;
  call->StartCall(nullptr);
  EXPECT_TRUE(queue.Next(&tag, &ok) && ok);
  call->WriteLast(Bytes(message), grpc::WriteOptions(), nullptr);
  EXPECT_TRUE(queue.Next(&tag, &ok) && ok);
  call->Read(&answer, nullptr);
  EXPECT_TRUE(queue.Next(&tag, &ok) && ok);
  grpc::Status status;
  call->Finish(&status, nullptr);
  queue.Next(&tag, &ok);
  queue.Shutdown();
  return ok ? Text(answer) : std::string();
}

using Serving = ServerTest;

TEST_F(Serving, TellsThatItIsWell) {
  EXPECT_EQ(FirstAnswer(ChannelOf("admin"), "/grpc.health.v1.Health/Check",
                        kHealthOfTheServer),
            kServing);
}

TEST_F(Serving, ListsEveryServiceByReflection) {
  const std::string services = FirstAnswer(
      ChannelOf("admin"),
      "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
      kListServices);

  for (const char* service :
       {"AccessService", "AdminService", "AuditService", "CodeListService",
        "CountService", "ErasureService", "ForbundService", "InsatsService",
        "OutcomeService", "ParticipationService", "PersonService",
        "SealedReportService", "PublicationService"}) {
    EXPECT_THAT(services, HasSubstr(std::string("stegvis.v1.") + service));
  }
}

TEST_F(Serving, EndsWithNoughtWhenToldTo) { EXPECT_EQ(Stop(), 0) << Said(); }

TEST_F(Serving, AnswersWhatIsUnderWayWhenToldToStop) {
  const Stubs admin = As("admin");
  grpc::ClientContext context;
  const auto stream = admin.insats->ImportInsatser(&context);
  v1::ImportInsatserRequest options;
  options.mutable_options();
  ASSERT_TRUE(stream->Write(options));
  v1::ImportInsatserRequest rows;
  rows.mutable_rows()->add_rows()->set_line(2);
  ASSERT_TRUE(stream->Write(rows));
  v1::ImportProgress progress;
  ASSERT_TRUE(stream->Read(&progress));

  Server().Signal(SIGTERM);
  ASSERT_TRUE(stream->Write(rows));

  EXPECT_TRUE(stream->Read(&progress));
  EXPECT_EQ(progress.refused_rows_size(), 1);
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(Server().Wait(), 0) << Said();
}

TEST_F(Serving, TellsItsState) {
  MakeForbund();

  v1::GetStatusResponse status;
  ASSERT_TRUE(Call(*As("admin").admin, &v1::AdminService::Stub::GetStatus,
                   v1::GetStatusRequest(), status)
                  .ok());

  EXPECT_EQ(status.forbund(), 1);
  EXPECT_FALSE(status.version().empty());
  EXPECT_GT(status.audit_entries(), 0);
  EXPECT_GT(status.feed_position(), 0);
}

TEST_F(Serving, KeepsWhatItAnsweredWhenThePowerGoes) {
  const v1::Forbund forbund = MakeForbund();

  Crash();
  Start();

  v1::GetForbundRequest request;
  request.set_name(forbund.name());
  v1::Forbund read;
  ASSERT_TRUE(Call(*As("admin").forbund, &v1::ForbundService::Stub::GetForbund,
                   request, read)
                  .ok());
  EXPECT_EQ(read.SerializeAsString(), forbund.SerializeAsString());
}

}  // namespace
}  // namespace stegvis::testing
