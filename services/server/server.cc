#include "services/server/server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "services/base/errors.h"
#include "services/base/limits.h"
#include "services/base/status_macros.h"

namespace stegvis::server {
namespace {

constexpr int kKeepaliveMilliseconds = 60'000;
constexpr int kKeepaliveAnswerMilliseconds = 20'000;
constexpr int kShortestPingIntervalMilliseconds = 20'000;

absl::Status Unusable(absl::string_view setting) {
  return AtField(setting, errors::ConfigurationInvalid(setting, setting));
}

absl::StatusOr<std::string> ReadPem(absl::string_view setting,
                                    const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file),
                   std::istreambuf_iterator<char>()};
  if (text.find("-----BEGIN ") == std::string::npos) return Unusable(setting);
  return text;
}

// gRPC 1.51 has no setting for the lowest TLS version and sets 1.2 by itself,
// whatever OpenSSL's configuration says. Its list of cipher suites, however, is
// for 1.2 alone: with a pre-shared key as the only choice, and none there, no
// handshake of 1.2 can succeed, while 1.3 keeps its own suites.
void AllowOnlyTls13() {
  setenv("GRPC_SSL_CIPHER_SUITES", "PSK-AES256-GCM-SHA384", /*overwrite=*/1);
}

absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> Credentials(
    const Configuration& configuration) {
  AllowOnlyTls13();
  grpc::SslServerCredentialsOptions options(
      GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  ASSIGN_OR_RETURN(options.pem_root_certs,
                   ReadPem("tls.ca", configuration.tls_ca));
  grpc::SslServerCredentialsOptions::PemKeyCertPair pair;
  ASSIGN_OR_RETURN(pair.cert_chain,
                   ReadPem("tls.cert", configuration.tls_certificate));
  ASSIGN_OR_RETURN(pair.private_key, ReadPem("tls.key", configuration.tls_key));
  options.pem_key_cert_pairs.push_back(std::move(pair));
  return grpc::SslServerCredentials(options);
}

void SetLimits(grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(limits::kMaxMessageBytes);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS,
                             kKeepaliveMilliseconds);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS,
                             kKeepaliveAnswerMilliseconds);
  builder.AddChannelArgument(
      GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
      kShortestPingIntervalMilliseconds);
  // A second server on the same port must fail, not share it.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
}

std::string WithPort(const std::string& listen, int port) {
  return absl::StrCat(listen.substr(0, listen.rfind(':')), ":", port);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(
    const Configuration& configuration,
    const std::vector<std::unique_ptr<grpc::Service>>& services) {
  ASSIGN_OR_RETURN(const std::shared_ptr<grpc::ServerCredentials> credentials,
                   Credentials(configuration));
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort(configuration.listen, credentials, &port);
  SetLimits(builder);
  for (const std::unique_ptr<grpc::Service>& service : services) {
    builder.RegisterService(service.get());
  }
  std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr || port == 0) return Unusable("listen");
  return absl::WrapUnique(
      new Server(std::move(server), WithPort(configuration.listen, port)));
}

Server::Server(std::unique_ptr<grpc::Server> server, std::string address)
    : server_(std::move(server)), address_(std::move(address)) {}

void Server::Drain(absl::Duration at_most) {
  server_->GetHealthCheckService()->SetServingStatus(false);
  server_->Shutdown(absl::ToChronoTime(absl::Now() + at_most));
}

}  // namespace stegvis::server
