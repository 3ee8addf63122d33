// stegvisd: reads the command line, serves or works on files, says what went
// wrong.
#include <iostream>
#include <variant>

#include "services/base/clock.h"
#include "services/offline/init.h"
#include "services/server/explain.h"
#include "services/server/keys_command.h"
#include "services/server/options.h"
#include "services/server/process.h"
#include "services/server/serve.h"

namespace {

using stegvis::server::Exit;
using stegvis::server::InitOptions;
using stegvis::server::KeysOptions;
using stegvis::server::ServeOptions;

absl::Status Run(const InitOptions& options) {
  const stegvis::SystemClock clock;
  const absl::StatusOr<stegvis::offline::InitRequest> request =
      stegvis::server::ToInitRequest(options, stegvis::SwedishDay(clock.Now()));
  if (!request.ok()) return request.status();
  return stegvis::offline::Init(*request, clock);
}

absl::Status Run(const ServeOptions& options) {
  return stegvis::server::Serve(options.configuration);
}

template <typename Options>
int StatusOf(const Options& options) {
  const absl::Status done = Run(options);
  if (done.ok()) return 0;
  std::cerr << "stegvisd: " << stegvis::server::Explain(done) << std::endl;
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  stegvis::server::ForbidMemoryDumps();
  const auto options = stegvis::server::ReadOptions(argc, argv);
  if (const auto* keys = std::get_if<KeysOptions>(&options)) {
    return stegvis::server::WorkOnKeys(*keys);  // Ctrl-C ends its questions.
  }
  stegvis::server::HoldBackStopSignals();
  if (const auto* init = std::get_if<InitOptions>(&options)) {
    return StatusOf(*init);
  }
  if (const auto* serve = std::get_if<ServeOptions>(&options)) {
    return StatusOf(*serve);
  }
  return std::get_if<Exit>(&options)->status;
}
