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
  stegvis::server::LookForNoLockCycles();
  const auto options = stegvis::server::ReadOptions(argc, argv);
  if (const auto* keys = std::get_if<KeysOptions>(&options)) {
    return stegvis::server::WorkOnKeys(*keys);  // Ctrl-C ends its questions.
  }
  if (const auto* backup = std::get_if<BackupOptions>(&options)) {
    return stegvis::server::WorkOnBackup(*backup);
  }
  if (const auto* init = std::get_if<InitOptions>(&options)) return Do(*init);
  if (const auto* serve = std::get_if<ServeOptions>(&options)) {
    return Do(*serve);
  }
  return std::get_if<Exit>(&options)->status;
}
