/** Both files of the AWS SDK's clients in one, for functions that load both: the clients share most of their code. */
export * from "./awsClients";
export * from "./lambdaClient";
