#include "tests/fuzz/rpc_world.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/byte_buffer.h>
#include <stdlib.h>

#include <chrono>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "services/base/clock.h"
#include "services/base/ids.h"
#include "services/base/status_macros.h"
#include "services/offline/certificates.h"
#include "services/offline/init.h"
#include "services/server/configuration.h"
#include "stegvis/v1/audit.pb.h"
#include "tests/fuzz/rpc_setting.h"
#include "tests/fuzz/target.h"

namespace stegvis::fuzz {
namespace {

namespace fs = std::filesystem;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;
using google::protobuf::Reflection;

constexpr auto kPatience = std::chrono::seconds(60);

fs::path NewFolder() {
  std::string name = absl::StrCat(ScratchFolder(), "/world-XXXXXX");
  Expect(mkdtemp(name.data()) != nullptr, "there is room for an installation");
  return name;
}

std::string ReadWhole(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file),
          std::istreambuf_iterator<char>()};
}

void Overwrite(const fs::path& path, const std::string& content) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
}

// Of all fields that are set; of a repeated one each element.
void ForEachSubmessage(const Message& message,
                       const std::function<void(const Message&)>& visit) {
  const Reflection& fields = *message.GetReflection();
  std::vector<const FieldDescriptor*> set;
  fields.ListFields(message, &set);
  for (const FieldDescriptor* field : set) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      visit(fields.GetMessage(message, field));
      continue;
    }
    for (int i = 0; i < fields.FieldSize(message, field); ++i) {
      visit(fields.GetRepeatedMessage(message, field, i));
    }
  }
}

// The text of a field by its name, when there is such a field.
std::string TextIn(const Message& message, const char* name) {
  const FieldDescriptor* const field =
      message.GetDescriptor()->FindFieldByName(name);
  if (field == nullptr || field->is_repeated() ||
      field->type() != FieldDescriptor::TYPE_STRING) {
    return "";
  }
  return message.GetReflection()->GetString(message, field);
}

using Replace = std::function<std::string(const std::string&)>;

void ReplaceTexts(Message& message, const Replace& replace) {
  const Reflection& fields = *message.GetReflection();
  std::vector<const FieldDescriptor*> set;
  fields.ListFields(message, &set);
  for (const FieldDescriptor* field : set) {
    const int size =
        field->is_repeated() ? fields.FieldSize(message, field) : 0;
    const bool is_text = field->type() == FieldDescriptor::TYPE_STRING;
    const bool is_message =
        field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    if (is_message && !field->is_repeated()) {
      ReplaceTexts(*fields.MutableMessage(&message, field), replace);
    } else if (is_text && !field->is_repeated()) {
      fields.SetString(&message, field,
                       replace(fields.GetString(message, field)));
    }
    for (int i = 0; i < size; ++i) {
      if (is_message) {
        ReplaceTexts(*fields.MutableRepeatedMessage(&message, field, i),
                     replace);
      } else if (is_text) {
        fields.SetRepeatedString(
            &message, field, i,
            replace(fields.GetRepeatedString(message, field, i)));
      }
    }
  }
}

grpc::ByteBuffer BufferOf(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

std::string BytesOf(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!buffer.Dump(&slices).ok()) return bytes;
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

// Waits for the one thing that is under way; whether it went well.
bool Wait(grpc::CompletionQueue& queue) {
  void* tag = nullptr;
  bool ok = false;
  return queue.Next(&tag, &ok) && ok;
}

}  // namespace

void ForEachText(const Message& message,
                 const std::function<void(const FieldDescriptor&,
                                          const std::string&)>& visit) {
  const Reflection& fields = *message.GetReflection();
  std::vector<const FieldDescriptor*> set;
  fields.ListFields(message, &set);
  for (const FieldDescriptor* field : set) {
    if (field->type() != FieldDescriptor::TYPE_STRING) continue;
    if (!field->is_repeated()) visit(*field, fields.GetString(message, field));
    const int size =
        field->is_repeated() ? fields.FieldSize(message, field) : 0;
    for (int i = 0; i < size; ++i) {
      visit(*field, fields.GetRepeatedString(message, field, i));
    }
  }
  ForEachSubmessage(message,
                    [&](const Message& part) { ForEachText(part, visit); });
}

// Stands in for std::cerr's own buffer, which the server logs to.
class HeldLog final : public std::streambuf {
 public:
  HeldLog() : own_(std::cerr.rdbuf(this)) {}
  HeldLog(const HeldLog&) = delete;
  HeldLog& operator=(const HeldLog&) = delete;
  ~HeldLog() override { std::cerr.rdbuf(own_); }

  std::string Take() {
    absl::MutexLock lock(&mutex_);
    return std::exchange(text_, "");
  }

 private:
  std::streamsize xsputn(const char* text, std::streamsize size) override {
    absl::MutexLock lock(&mutex_);
    text_.append(text, static_cast<size_t>(size));
    return size;
  }
  int overflow(int c) override {
    absl::MutexLock lock(&mutex_);
    text_ += static_cast<char>(c);
    return c;
  }

  std::streambuf* const own_;
  absl::Mutex mutex_;
  std::string text_ ABSL_GUARDED_BY(mutex_);
};

RpcWorld::RpcWorld() : root_(NewFolder()), log_(std::make_unique<HeldLog>()) {
  WriteInstallation();
  Expect(Serve().ok(), "the server starts");
  Fill();
}

RpcWorld::~RpcWorld() {
  channels_.clear();
  server_->Drain(absl::Seconds(10));
  server_.reset();
  environment_.reset();
  std::error_code ignored;
  fs::remove_all(root_, ignored);
}

void RpcWorld::WriteInstallation() {
  offline::InitRequest request;
  request.folder = (root_ / "node").string();
  request.port = 0;
  Expect(offline::Init(request, SystemClock()).ok(), "init makes a node");
  Expect(WriteCertificates().ok(), "there are certificates");
}

// Those of init, and of users that it does not know.
absl::Status RpcWorld::WriteCertificates() {
  const absl::Time now = absl::Now();
  const fs::path folder = root_ / "node/tls";
  ASSIGN_OR_RETURN(const offline::CertificateAuthority authority,
                   offline::CertificateAuthority::Create(now));
  Overwrite(folder / "ca.pem", authority.Own().certificate);
  ASSIGN_OR_RETURN(const offline::CertifiedKey server,
                   authority.IssueServer(now));
  Overwrite(folder / "server.pem", server.certificate);
  Overwrite(folder / "server.key", server.private_key);
  for (const absl::string_view user : kUsers) {
    ASSIGN_OR_RETURN(const offline::CertifiedKey client,
                     authority.IssueClient(std::string(user), now));
    Overwrite(folder / absl::StrCat(user, ".pem"), client.certificate);
    Overwrite(folder / absl::StrCat(user, ".key"), client.private_key);
  }
  return absl::OkStatus();
}

absl::Status RpcWorld::Serve() {
  ASSIGN_OR_RETURN(
      const server::Configuration configuration,
      server::ReadConfiguration((root_ / "node/stegvis.toml").string()));
  ASSIGN_OR_RETURN(environment_, server::Environment::Build(configuration));
  ASSIGN_OR_RETURN(
      server_, server::Server::Start(configuration, environment_->Services()));
  return absl::OkStatus();
}

void RpcWorld::Fill() {
  for (const RpcSetting& step : Setting()) {
    Make(step.user, step.method, step.text, step.name);
  }
}

void RpcWorld::Make(absl::string_view user, absl::string_view method,
                    absl::string_view text, const std::string& name) {
  const MethodDescriptor& found = *FindMethod(method);
  const OwnedMessage request = RequestFrom(found, text);
  Resolve(*request);
  const RpcAnswer answer = Call(user, found, {request->SerializeAsString()});
  Expect(answer.status.ok(), absl::StrCat("the setting has its ", method));
  if (!name.empty()) names_[name] = names_["$last"];
}

cli::Profile RpcWorld::ProfileOf(const std::string& user) const {
  const fs::path folder = root_ / "node/tls";
  return {server_->Address(), ReadWhole(folder / "ca.pem"),
          ReadWhole(folder / (user + ".pem")),
          ReadWhole(folder / (user + ".key"))};
}

const std::shared_ptr<grpc::Channel>& RpcWorld::ChannelOf(
    const std::string& user) {
  std::shared_ptr<grpc::Channel>& channel = channels_[user];
  if (channel != nullptr) return channel;
  const cli::Profile profile = ProfileOf(user);
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = profile.ca_pem;
  options.pem_cert_chain = profile.certificate_pem;
  options.pem_private_key = profile.key_pem;
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  channel = grpc::CreateCustomChannel(server_->Address(),
                                      grpc::SslCredentials(options), arguments);
  return channel;
}

RpcAnswer RpcWorld::Call(absl::string_view user, const MethodDescriptor& method,
                         const std::vector<std::string>& messages) {
  grpc::GenericStub stub(ChannelOf(std::string(user)));
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kPatience);
  grpc::CompletionQueue queue;
  const auto call = stub.PrepareCall(
      &context,
      absl::StrCat("/", method.service()->full_name(), "/", method.name()),
      &queue);
  call->StartCall(nullptr);
  bool going = Wait(queue);
  for (size_t i = 0; going && i < messages.size(); ++i) {
    call->Write(BufferOf(messages[i]), nullptr);
    going = Wait(queue);
  }
  call->WritesDone(nullptr);
  Wait(queue);
  RpcAnswer answer;
  grpc::ByteBuffer received;
  for (call->Read(&received, nullptr); Wait(queue);
       call->Read(&received, nullptr)) {
    answer.messages.emplace_back(
        google::protobuf::MessageFactory::generated_factory()
            ->GetPrototype(method.output_type())
            ->New());
    Expect(answer.messages.back()->ParseFromString(BytesOf(received)),
           "an answer is a message of its kind");
    Learn(*answer.messages.back());
  }
  call->Finish(&answer.status, nullptr);
  Wait(queue);
  return answer;
}

void RpcWorld::Learn(const Message& answer) {
  const std::string name = TextIn(answer, "name");
  const std::string etag = TextIn(answer, "etag");
  const std::string page = TextIn(answer, "next_page_token");
  if (!name.empty()) names_["$last"] = name;
  if (!name.empty() && !etag.empty()) etags_[name] = etag;
  if (!page.empty()) names_["$page"] = page;
  ForEachSubmessage(answer, [this](const Message& part) { Learn(part); });
}

void RpcWorld::Resolve(Message& request) const {
  // Names first: the etag goes by them.
  for (const bool etags : {false, true}) {
    ReplaceTexts(request, [&](const std::string& text) {
      return (text == "$etag") == etags ? Meaning(text, request) : text;
    });
  }
}

std::string RpcWorld::Meaning(const std::string& text,
                              const Message& request) const {
  if (text == "$new") return UuidText(RandomUuid());
  if (text == "$etag") {
    std::string etag;
    ForEachText(request,
                [&](const FieldDescriptor&, const std::string& candidate) {
                  const auto found = etags_.find(candidate);
                  if (etag.empty() && found != etags_.end()) {
                    etag = found->second;
                  }
                });
    return etag;
  }
  const auto found = names_.find(text);
  return found != names_.end() ? found->second : text;
}

std::string RpcWorld::TakeLog() { return log_->Take(); }

void RpcWorld::ExpectSoundLogs() {
  for (const std::string& scope :
       {std::string("forbund/-"), names_["$forbund"]}) {
    v1::VerifyAuditLogRequest request;
    request.set_scope(scope);
    const RpcAnswer answer = Call("dataskydd", *FindMethod("VerifyAuditLog"),
                                  {request.SerializeAsString()});
    Expect(
        answer.status.ok() && answer.messages.size() == 1 &&
            dynamic_cast<const v1::VerifyAuditLogResponse&>(*answer.messages[0])
                    .problem_count() == 0,
        "the audit logs are whole after anything");
  }
}

}  // namespace stegvis::fuzz
