using IntegrityGate.Reporting.Tests;

// The test program; started again by a test with a mode of JournalChild, it is that child instead.
if (args is [var mode, var folder] && JournalChild.Knows(mode))
    return await JournalChild.RunAsync(mode, folder);
return args.Any(argument => argument is "--server" or "--internal-msbuild-node")
    ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
