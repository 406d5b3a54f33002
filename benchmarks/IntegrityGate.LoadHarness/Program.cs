using IntegrityGate.LoadHarness;

return await HarnessCommand.Create().Parse(args).InvokeAsync();
