// stegvisd: reads the command line, serves or works on files, says what went
// wrong.
#include <iostream>
#include <variant>

#include "services/base/clock.h"
#include "services/offline/init.h"
#include "services/server/backup_command.h"
#include "services/server/explain.h"
#include "services/server/keys_command.h"
#include "services/server/options.h"
#include "services/server/process.h"
#include "services/server/serve.h"

namespace {

using stegvis::server::BackupOptions;
using stegvis::server::Exit;
using stegvis::server::InitOptions;
using stegvis::server::KeysOptions;
using stegvis::server::ServeOptions;

// Those that hold signals back do so before any thread is made.
int Do(const Exit& exit) { return exit.status; }

int Do(const KeysOptions& options) {
  return stegvis::server::WorkOnKeys(options);  // Ctrl-C ends its questions.
}

int Do(const BackupOptions& options) {
  return stegvis::server::WorkOnBackup(options);
}

int StatusOf(const absl::Status& done) {
  if (done.ok()) return 0;
  std::cerr << "stegvisd: " << stegvis::server::Explain(done) << std::endl;
  return 1;
}

int Do(const ServeOptions& options) {
  stegvis::server::HoldBackStopSignals();
  return StatusOf(stegvis::server::Serve(options.configuration));
}

int Do(const InitOptions& options) {
  stegvis::server::HoldBackStopSignals();
  const stegvis::SystemClock clock;
  const auto request =
      stegvis::server::ToInitRequest(options, stegvis::SwedishDay(clock.Now()));
  return StatusOf(request.ok() ? stegvis::offline::Init(*request, clock)
                               : request.status());
}

}  // namespace

int main(int argc, char** argv) {
  stegvis::server::ForbidMemoryDumps();
  const auto options = stegvis::server::ReadOptions(argc, argv);
  return std::visit([](const auto& chosen) { return Do(chosen); }, options);
}
