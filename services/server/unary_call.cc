#include "services/server/unary_call.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/base/errors.h"
#include "services/base/ids.h"
#include "services/base/status_macros.h"
#include "services/validation/resource_name.h"

namespace stegvis::server {
namespace {

using google::protobuf::Message;
using storage::ReadTransaction;
using storage::WriteTransaction;

// The same bytes for the same request.
std::string Canonical(const Message& request) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream out(&stream);
  out.SetSerializationDeterministic(true);
  request.SerializeToCodedStream(&out);
  out.Trim();
  return bytes;
}

absl::StatusOr<storage::RequestKey> RequestKeyOf(const Call& call,
                                                 const Message& request) {
  const std::optional<IdBytes> id =
      ParseUuid(access::TextAt(request, "request_id"));
  if (!id.has_value()) {
    return AtField("request_id", errors::RequestIdInvalid());
  }
  return storage::RequestKey{call.GetCaller().user,
                             call.GetMethod().name.Text(), *id};
}

// The participations that an answer about a person shows: each is to have the
// reading in its own history.
std::vector<std::string> ShownIn(const Message& response) {
  std::vector<std::string> names;
  const google::protobuf::FieldDescriptor* const shown =
      response.GetDescriptor()->FindFieldByName("participations");
  if (shown == nullptr) return names;
  const google::protobuf::Reflection& fields = *response.GetReflection();
  for (int i = 0; i < fields.FieldSize(response, shown); ++i) {
    names.push_back(
        access::TextAt(fields.GetRepeatedMessage(response, shown, i), "name"));
  }
  return names;
}

// The participation that `resource` is, if it is one.
std::optional<ParticipationId> ParticipationIn(const std::string& resource) {
  const absl::StatusOr<ParticipationKey> key =
      validation::ParseParticipationName(resource);
  if (!key.ok()) return std::nullopt;
  return key->participation;
}

}  // namespace

ReadCall::ReadCall(const CallSurroundings& around, const access::Method& method,
                   const grpc::CallbackServerContext& context,
                   Messages messages, ReadBody body)
    : call_(around, method, context),
      messages_(std::move(messages)),
      body_(std::move(body)) {}

void ReadCall::Start() {
  if (call_.GetMethod().patience == access::Patience::kQuick) return Run();
  call_.Around().workers.Run([this] { Run(); });
}

void ReadCall::Run() {
  const absl::Status read = call_.Around().store.Read(
      storage::AsOf::Now(), [this](ReadTransaction& tx) -> absl::Status {
        RETURN_IF_ERROR(call_.Admit(tx, messages_.request, messages_.check));
        return body_(call_.GetCaller(), tx);
      });
  if (read.ok() && call_.GetMethod().kind == access::MethodKind::kReveal) {
    return Audit();
  }
  Conclude(read);
}

void ReadCall::Audit() {
  call_.Around().store.Write(
      [this](WriteTransaction& tx) -> absl::Status {
        for (const std::string& shown : ShownIn(messages_.response)) {
          RETURN_IF_ERROR(tx.AppendAudit(call_.Done(shown, messages_.request)));
        }
        return tx.AppendAudit(call_.Done(call_.Resource(), messages_.request));
      },
      [this](const absl::Status& audited) { Conclude(audited); });
}

void ReadCall::Conclude(const absl::Status& status) {
  if (!status.ok()) messages_.response.Clear();
  call_.Conclude(status, [this](const grpc::Status& told) { Finish(told); });
}

WriteCall::WriteCall(const CallSurroundings& around,
                     const access::Method& method,
                     const grpc::CallbackServerContext& context,
                     Messages messages, WriteBody body, AnswerBody answer)
    : call_(around, method, context),
      messages_(std::move(messages)),
      body_(std::move(body)),
      answer_(std::move(answer)) {}

void WriteCall::Start() {
  absl::StatusOr<Identity> admitted = Identity();
  const absl::Status read =
      call_.Around().store.Read(storage::AsOf::Now(), [&](ReadTransaction& tx) {
        admitted = Admit(tx);
        return admitted.status();
      });
  if (!read.ok()) return Conclude(read);
  call_.Around().store.Write(
      [this, identity = *std::move(admitted)](WriteTransaction& tx) {
        return Write(tx, identity);
      },
      [this](const absl::Status& written) { Conclude(written); });
}

absl::StatusOr<WriteCall::Identity> WriteCall::Admit(ReadTransaction& tx) {
  RETURN_IF_ERROR(call_.Admit(tx, messages_.request, messages_.check));
  ASSIGN_OR_RETURN(storage::RequestKey key,
                   RequestKeyOf(call_, messages_.request));
  ASSIGN_OR_RETURN(
      std::string digest,
      tx.RequestDigest(call_.Forbund(), Canonical(messages_.request)));
  return Identity{std::move(key), std::move(digest)};
}

absl::Status WriteCall::Write(WriteTransaction& tx, const Identity& identity) {
  RETURN_IF_ERROR(call_.StillWanted());
  ASSIGN_OR_RETURN(const std::optional<storage::RequestMemory> memory,
                   tx.FindRequest(identity.key));
  if (memory.has_value()) {
    if (memory->digest != identity.digest) return errors::RequestIdReused();
    return Answer({memory->resource, memory->version}, tx);
  }
  ASSIGN_OR_RETURN(const handlers::ResultRef result,
                   body_(call_.GetCaller(), tx));
  RETURN_IF_ERROR(tx.RememberRequest(
      identity.key, {identity.digest, result.resource, result.version,
                     ParticipationIn(result.resource)}));
  RETURN_IF_ERROR(
      tx.AppendAudit(call_.Done(result.resource, messages_.request)));
  return Answer(result, tx);
}

absl::Status WriteCall::Answer(const handlers::ResultRef& result,
                               ReadTransaction& tx) {
  messages_.response.Clear();
  return answer_(call_.GetCaller(), result, tx);
}

void WriteCall::Conclude(const absl::Status& status) {
  if (!status.ok()) messages_.response.Clear();
  call_.Conclude(status, [this](const grpc::Status& told) { Finish(told); });
}

}  // namespace stegvis::server
